using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AdminPortal.Data.Accounts;

/// <summary>
/// Time-based one-time passwords (RFC 6238: SHA-1, 6 digits, 30 s). The framework's own check takes five time steps and the
/// same code again; here the running step and the one before it are taken, and each step once.
/// </summary>
public static class Totp
{
    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new secret of 160 bits.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    /// <summary>The secret as authenticator apps take it, without padding.</summary>
    public static string ToBase32(byte[] secret)
    {
        var text = new char[(secret.Length * 8 + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var index = 0;
            for (var bit = 0; bit < 5; bit++)
            {
                var at = i * 5 + bit;
                var set = at < secret.Length * 8 && (secret[at / 8] >> (7 - at % 8) & 1) == 1;
                index = index << 1 | (set ? 1 : 0);
            }
            text[i] = Base32[index];
        }
        return new string(text);
    }

    /// <summary>The code of an instant.</summary>
    public static string Code(byte[] secret, DateTimeOffset at) => CodeOf(secret, StepOf(at));

    /// <summary>The step whose code was typed, if it is allowed now and later than the last one used; else null.</summary>
    public static long? Accept(byte[] secret, string typed, long lastStep, DateTimeOffset now)
    {
        var step = StepOf(now);
        foreach (var candidate in new[] { step, step - 1 })
        {
            if (
                candidate > lastStep
                && CryptographicOperations.FixedTimeEquals(
                    System.Text.Encoding.ASCII.GetBytes(CodeOf(secret, candidate)),
                    System.Text.Encoding.ASCII.GetBytes(typed)
                )
            )
            {
                return candidate;
            }
        }
        return null;
    }

    private static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    // RFC 6238 names SHA-1; authenticator apps know nothing else reliably, and HMAC does not need collision resistance.
#pragma warning disable CA5350
    private static string CodeOf(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        HMACSHA1.HashData(secret, counter, hash);
        var offset = hash[^1] & 0x0F;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350
}
