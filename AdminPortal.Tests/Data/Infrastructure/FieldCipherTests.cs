using System.Security.Cryptography;
using AdminPortal.Data.Privacy;

namespace AdminPortal.Tests.Data.Infrastructure;

public sealed class FieldCipherTests
{
    private const string Purpose = "driver.name";

    private readonly FieldCipher _cipher = new(FieldKeys.Generate());

    [Theory]
    [InlineData("")]
    [InlineData("张三")]
    [InlineData("𠮷田")]
    public void What_goes_in_comes_out(string name)
    {
        var stored = _cipher.Encrypt(Purpose, name);

        Assert.Equal(name, _cipher.Decrypt(Purpose, stored));
        Assert.NotEqual(stored, _cipher.Encrypt(Purpose, name));
    }

    [Fact]
    public void A_change_of_any_byte_is_refused()
    {
        var stored = _cipher.Encrypt(Purpose, "欧阳修");

        for (var i = 0; i < stored.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = stored.ToArray();
                changed[i] ^= (byte)(1 << bit);
                Assert.ThrowsAny<CryptographicException>(() => _cipher.Decrypt(Purpose, changed));
            }
            Assert.ThrowsAny<CryptographicException>(() => _cipher.Decrypt(Purpose, stored.AsSpan(0, i)));
        }
    }

    [Fact]
    public void A_value_opens_for_its_purpose_only()
    {
        var stored = _cipher.Encrypt(Purpose, "张三");

        var e = Assert.ThrowsAny<CryptographicException>(() => _cipher.Decrypt("driver.mobile", stored));
        Assert.Contains("driver.mobile", e.Message);
    }

    [Fact]
    public void After_rotation_old_values_open_and_new_ones_use_the_new_key()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("keys.json");
        FieldKeys.CreateFile(path);
        var before = new FieldCipher(FieldKeys.Load(path));
        var old = before.Encrypt(Purpose, "张三");
        var search = before.SearchKey(Purpose, "张三");

        Assert.Equal(2, FieldKeys.Rotate(path));
        var after = new FieldCipher(FieldKeys.Load(path));
        var renewed = after.Encrypt(Purpose, after.Decrypt(Purpose, old));

        Assert.True(after.IsUnderOldKey(old));
        Assert.False(after.IsUnderOldKey(renewed));
        Assert.Equal(search, after.SearchKey(Purpose, "张三"));
        var e = Assert.ThrowsAny<CryptographicException>(() => before.Decrypt(Purpose, renewed));
        Assert.Contains("key 2", e.Message);
    }

    [Fact]
    public void The_search_key_depends_on_purpose_value_and_key()
    {
        var key = _cipher.SearchKey("driver.id", "110105199001010026");

        Assert.Equal(32, key.Length);
        Assert.Equal(key, _cipher.SearchKey("driver.id", "110105199001010026"));
        Assert.NotEqual(key, _cipher.SearchKey("driver.mobile", "110105199001010026"));
        Assert.NotEqual(key, _cipher.SearchKey("driver.id1", "10105199001010026"));
        Assert.NotEqual(key, new FieldCipher(FieldKeys.Generate()).SearchKey("driver.id", "110105199001010026"));
    }

    [Fact]
    public void A_key_file_is_the_owners_and_is_never_overwritten()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("keys.json");
        FieldKeys.CreateFile(path);
        var content = File.ReadAllBytes(path);

        Assert.Throws<IOException>(() => FieldKeys.CreateFile(path));
        Assert.Equal(content, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_file_open_to_others_is_refused(UnixFileMode also)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // there are no such modes
        }
        using var folder = new TemporaryFolder();
        var path = folder.File("keys.json");
        FieldKeys.CreateFile(path);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | also);

        Assert.Contains("chmod 600", Assert.ThrowsAny<CryptographicException>(() => FieldKeys.Load(path)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Active":1,"Keys":{"1":"c2hvcnQ="},"Search":"c2hvcnQ="}""")]
    [InlineData("""{"Active":1,"Keys":{"1":"!secret!"},"Search":"x"}""")]
    [InlineData("""{"Active":9,"Keys":{"1":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},"Search":""}""")]
    public void A_broken_key_file_is_refused_without_quoting_it(string content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("keys.json");
        FieldKeys.CreateFile(path);
        File.WriteAllText(path, content);

        var e = Assert.ThrowsAny<CryptographicException>(() => FieldKeys.Load(path));

        Assert.Contains(path, e.Message);
        Assert.DoesNotContain("secret", e.ToString());
    }

    [Fact]
    public void A_missing_key_file_is_named()
    {
        using var folder = new TemporaryFolder();

        var e = Assert.ThrowsAny<CryptographicException>(() => FieldKeys.Load(folder.File("none.json")));

        Assert.Contains("none.json", e.Message);
    }

    [Theory]
    [InlineData("11010519491231002X", "110***********002X")]
    [InlineData("1101051949", "**********")]
    [InlineData("", "")]
    public void Identity_numbers_are_masked(string value, string masked) => Assert.Equal(masked, Mask.IdNumber(value));

    [Theory]
    [InlineData("13812341234", "138****1234")]
    [InlineData("1381234", "*******")]
    public void Mobile_numbers_are_masked(string value, string masked) => Assert.Equal(masked, Mask.Mobile(value));

    [Theory]
    [InlineData("张三", "张*")]
    [InlineData("欧阳修", "欧**")]
    [InlineData("𠮷田", "𠮷*")]
    [InlineData("李", "*")]
    [InlineData(" ", "")]
    public void Names_are_masked(string value, string masked) => Assert.Equal(masked, Mask.Name(value));

    [Theory]
    [InlineData("粤B12345", "粤B***45")]
    [InlineData("粤BD12345", "粤B****45")]
    [InlineData("粤B12", "****")]
    public void Plates_are_masked(string value, string masked) => Assert.Equal(masked, Mask.Plate(value));
}
