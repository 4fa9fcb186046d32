using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AdminPortal.Data.Privacy;

/// <summary>
/// Encrypts single values (names, numbers, photos) before they are stored. A stored value is
/// <c>version (1) | key id (1) | nonce (12) | tag (16) | ciphertext</c>. Version 1 is AES-256-GCM; other suites (SM4 with HMAC-SM3)
/// get numbers of their own. The first two bytes and the purpose are authenticated: a value moved to another column does not open.
/// Nonces are random, so one key is good for 2^32 values; rotate long before.
/// </summary>
public sealed class FieldCipher(FieldKeys keys)
{
    private const byte Version = 1;
    private const int HeadBytes = 2;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Bytes a stored value is longer than its plaintext.</summary>
    public const int Overhead = HeadBytes + NonceBytes + TagBytes;

    // Refuses half a surrogate pair instead of storing a replacement character for it.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Encrypts a text as UTF-8.</summary>
    /// <param name="purpose">What the value is, such as <c>driver.name</c>; the same is needed to decrypt.</param>
    /// <param name="value">The text; may be empty.</param>
    /// <exception cref="EncoderFallbackException">The text is not valid UTF-16.</exception>
    public byte[] Encrypt(string purpose, string value) => EncryptBytes(purpose, Utf8.GetBytes(value));

    /// <summary>Decrypts a text.</summary>
    /// <exception cref="CryptographicException">Changed, cut, of another purpose, or under a key that is not there.</exception>
    public string Decrypt(string purpose, ReadOnlySpan<byte> stored) => Utf8.GetString(DecryptBytes(purpose, stored));

    /// <summary>Encrypts bytes.</summary>
    /// <param name="purpose">What the value is; the same is needed to decrypt.</param>
    /// <param name="value">The bytes; may be none.</param>
    public byte[] EncryptBytes(string purpose, ReadOnlySpan<byte> value)
    {
        var stored = new byte[Overhead + value.Length];
        stored[0] = Version;
        stored[1] = keys.Active;
        var nonce = stored.AsSpan(HeadBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys.Find(keys.Active)!, TagBytes);
        aes.Encrypt(
            nonce,
            value,
            stored.AsSpan(Overhead),
            stored.AsSpan(HeadBytes + NonceBytes, TagBytes),
            Associated(stored, purpose)
        );
        return stored;
    }

    /// <summary>Decrypts bytes.</summary>
    /// <exception cref="CryptographicException">Changed, cut, of another purpose, or under a key that is not there.</exception>
    public byte[] DecryptBytes(string purpose, ReadOnlySpan<byte> stored)
    {
        if (stored.Length < Overhead)
        {
            throw new CryptographicException($"The stored value ({purpose}) is too short to be one.");
        }
        if (stored[0] != Version)
        {
            throw new CryptographicException($"The stored value ({purpose}) has the unknown version {stored[0]}.");
        }
        if (keys.Find(stored[1]) is not { } key)
        {
            throw new CryptographicException(
                $"The stored value ({purpose}) needs key {stored[1]}, which is not in the key file."
            );
        }
        var value = new byte[stored.Length - Overhead];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(
                stored.Slice(HeadBytes, NonceBytes),
                stored[Overhead..],
                stored.Slice(HeadBytes + NonceBytes, TagBytes),
                value,
                Associated(stored, purpose)
            );
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new CryptographicException($"The stored value was changed, or it is no {purpose}.", e);
        }
        return value;
    }

    /// <summary>True when a value lies under another key than the active one, and should be encrypted anew.</summary>
    public bool IsUnderOldKey(ReadOnlySpan<byte> stored) => stored.Length < Overhead || stored[1] != keys.Active;

    /// <summary>
    /// A fingerprint for finding equal values without decrypting: HMAC-SHA256 under a key of its own. Equal for equal purpose and
    /// value, whichever encryption key is active.
    /// </summary>
    /// <param name="purpose">What the value is: equal values of different purposes differ.</param>
    /// <param name="canonicalValue">The value in its one canonical spelling; the caller canonicalises.</param>
    /// <returns>32 bytes.</returns>
    public byte[] SearchKey(string purpose, string canonicalValue)
    {
        var name = Utf8.GetBytes(purpose);
        var value = Utf8.GetBytes(canonicalValue);
        // The length in front keeps ("ab", "c") and ("a", "bc") apart.
        var message = new byte[4 + name.Length + value.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, name.Length);
        name.CopyTo(message, 4);
        value.CopyTo(message, 4 + name.Length);
        return HMACSHA256.HashData(keys.Search, message);
    }

    private static byte[] Associated(ReadOnlySpan<byte> stored, string purpose) =>
        [stored[0], stored[1], .. Utf8.GetBytes(purpose)];
}
