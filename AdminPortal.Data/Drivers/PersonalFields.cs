using AdminPortal.Data.Privacy;
using AdminPortal.Domain.Drivers;

namespace AdminPortal.Data.Drivers;

/// <summary>Seals, opens and looks up the fields that name a person. The purpose binds a sealed value to its column.</summary>
public static class PersonalFields
{
    private const string IdNumber = "driver.id-number";
    private const string Name = "driver.name";
    private const string Mobile = "driver.mobile";

    public static byte[] SealIdNumber(this FieldCipher cipher, ResidentId id) => cipher.Encrypt(IdNumber, id.Value);

    public static string OpenIdNumber(this FieldCipher cipher, byte[] stored) => cipher.Decrypt(IdNumber, stored);

    public static byte[] IdNumberKey(this FieldCipher cipher, ResidentId id) => cipher.SearchKey(IdNumber, id.Value);

    public static byte[] SealName(this FieldCipher cipher, string name) => cipher.Encrypt(Name, name);

    public static string OpenName(this FieldCipher cipher, byte[] stored) => cipher.Decrypt(Name, stored);

    public static byte[] NameKey(this FieldCipher cipher, string name) => cipher.SearchKey(Name, name);

    public static byte[] SealMobile(this FieldCipher cipher, string mobile) => cipher.Encrypt(Mobile, mobile);

    public static string OpenMobile(this FieldCipher cipher, byte[] stored) => cipher.Decrypt(Mobile, stored);
}
