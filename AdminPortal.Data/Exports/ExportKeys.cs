using System.Security.Cryptography;
using System.Text.Json;
using AdminPortal.Data.Files;

namespace AdminPortal.Data.Exports;

/// <summary>
/// The keys that manifests of exports are signed with (ECDSA P-256), by id: one signs, the others only check what was signed
/// before. An id is the beginning of the SHA-256 of the public key, so it names the same key wherever it is read.
/// </summary>
public sealed class ExportKeys : IDisposable
{
    /// <summary>The largest file of keys: more than were ever made in one installation.</summary>
    private const int MostBytes = 100_000;

    private readonly Dictionary<string, ECDsa> _keys;

    private ExportKeys(string active, Dictionary<string, ECDsa> keys) => (Active, _keys) = (active, keys);

    /// <summary>The id of the key that signs.</summary>
    public string Active { get; }

    /// <summary>Makes a file with a new key, for its owner only. An existing file is an <see cref="IOException"/> and stays.</summary>
    public static void CreateFile(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write(path, IdOf(key), [(IdOf(key), key)], overwrite: false);
    }

    /// <summary>Adds a new key to the file, which signs from the next start on; what older ones signed can still be checked.</summary>
    /// <returns>The new key's id.</returns>
    public static string Renew(string path)
    {
        using var old = Load(path);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write(path, IdOf(key), [.. old._keys.Select(k => (k.Key, k.Value)), (IdOf(key), key)], overwrite: true);
        return IdOf(key);
    }

    /// <summary>Reads a file of keys.</summary>
    /// <exception cref="CryptographicException">It is missing, malformed, or (Unix) open to others. The message never holds a key.</exception>
    public static ExportKeys Load(string path)
    {
        try
        {
            if (
                !OperatingSystem.IsWindows()
                && (File.GetUnixFileMode(path) & ~(DurableFile.OwnerOnly | UnixFileMode.UserExecute)) != 0
            )
            {
                throw new CryptographicException($"Key file {path} is open to others; run: chmod 600 {path}");
            }
            var content =
                new FileInfo(path).Length <= MostBytes
                    ? JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path))
                    : null;
            if (content is not { Active: { } active, Keys: { Count: > 0 } stored } || !stored.ContainsKey(active))
            {
                throw new CryptographicException($"Key file {path} is malformed.");
            }
            return new ExportKeys(active, stored.ToDictionary(k => k.Key, k => Read(path, k.Key, k.Value)));
        }
        // The inner exception of a JSON or Base64 fault could quote the file, so it is not passed on.
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new CryptographicException($"Key file {path} is malformed.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CryptographicException($"Key file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The public halves of keys, from the PEM that <see cref="PublicPem"/> wrote: for who checks elsewhere.</summary>
    /// <exception cref="ArgumentException">There is no public key in it.</exception>
    public static ExportKeys OfPublicPem(string pem)
    {
        var keys = new Dictionary<string, ECDsa>();
        string? first = null;
        for (var rest = pem.AsSpan(); PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
        {
            var key = ECDsa.Create();
            key.ImportFromPem(rest[found.Location]);
            first ??= IdOf(key);
            keys[IdOf(key)] = key;
        }
        return first is null ? throw new ArgumentException("No public key.", nameof(pem)) : new ExportKeys(first, keys);
    }

    /// <summary>The public halves of all keys, the one that signs now first, to be handed to whoever has to check.</summary>
    public string PublicPem() =>
        string.Join(
            '\n',
            _keys.OrderByDescending(key => key.Key == Active).Select(key => key.Value.ExportSubjectPublicKeyInfoPem())
        );

    public IReadOnlyCollection<string> Ids => _keys.Keys;

    internal byte[] Sign(byte[] content) => _keys[Active].SignData(content, HashAlgorithmName.SHA256);

    /// <summary>Null when there is no such key here.</summary>
    internal bool? Verify(string id, byte[] content, byte[] signature) =>
        _keys.TryGetValue(id, out var key) ? key.VerifyData(content, signature, HashAlgorithmName.SHA256) : null;

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private static string IdOf(ECDsa key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    private static ECDsa Read(string path, string id, string pkcs8)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(pkcs8), out _);
        return IdOf(key) == id ? key : throw new CryptographicException($"Key file {path}: key {id} is another one.");
    }

    private static void Write(string path, string active, IEnumerable<(string Id, ECDsa Key)> keys, bool overwrite)
    {
        var content = new Content(
            active,
            keys.ToDictionary(k => k.Id, k => Convert.ToBase64String(k.Key.ExportPkcs8PrivateKey()))
        );
        DurableFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(content), overwrite).GetAwaiter().GetResult();
    }

    private sealed record Content(string? Active, Dictionary<string, string>? Keys);
}

/// <summary>Signs with the keys of this installation, which are read at the first export.</summary>
public sealed class ExportSigner(DataFolder folder) : IDisposable
{
    private readonly Lazy<ExportKeys> _keys = new(() => ExportKeys.Load(folder.ExportKeys));

    internal ExportKeys Keys => _keys.Value;

    public void Dispose()
    {
        if (_keys.IsValueCreated)
        {
            _keys.Value.Dispose();
        }
    }
}
