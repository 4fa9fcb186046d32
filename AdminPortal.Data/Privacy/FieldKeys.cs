using System.Security.Cryptography;
using System.Text.Json;
using AdminPortal.Data.Files;

namespace AdminPortal.Data.Privacy;

/// <summary>
/// The secrets of <see cref="FieldCipher"/>: encryption keys by id, of which one is active and the others only read old values, and
/// one search key. The search key has no successor: changing it means computing every stored search value anew.
/// </summary>
public sealed class FieldKeys
{
    private const int KeyBytes = 32;

    private readonly Dictionary<byte, byte[]> _keys;

    private FieldKeys(byte active, Dictionary<byte, byte[]> keys, byte[] search)
    {
        Active = active;
        _keys = keys;
        Search = search;
    }

    /// <summary>The id of the key that new values are encrypted under.</summary>
    public byte Active { get; }

    internal byte[] Search { get; }

    internal byte[]? Find(byte id) => _keys.GetValueOrDefault(id);

    /// <summary>New keys that are written nowhere: for tests.</summary>
    public static FieldKeys Generate() => new(1, new() { [1] = NewKey() }, NewKey());

    /// <summary>Makes a file with new keys, mode 0600, durably. An existing file is an <see cref="IOException"/> and stays.</summary>
    public static void CreateFile(string path) => Write(path, Generate(), overwrite: false);

    /// <summary>
    /// Adds a new key to the file and makes it the active one; older values stay readable. Running processes must load it anew.
    /// </summary>
    /// <returns>The new key's id.</returns>
    /// <exception cref="CryptographicException">The file cannot be used, or 255 keys are there.</exception>
    public static byte Rotate(string path)
    {
        var old = Load(path);
        var highest = old._keys.Keys.Max();
        if (highest == byte.MaxValue)
        {
            throw new CryptographicException($"Key file {path}: there is no free key id left.");
        }
        var id = (byte)(highest + 1);
        Write(path, new FieldKeys(id, new(old._keys) { [id] = NewKey() }, old.Search), overwrite: true);
        return id;
    }

    /// <summary>Reads a key file.</summary>
    /// <exception cref="CryptographicException">
    /// The file is missing, unreadable, malformed, or (Unix) open to the group or the world. The message never holds a key.
    /// </exception>
    public static FieldKeys Load(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                var mode = File.GetUnixFileMode(path);
                if ((mode & ~(DurableFile.OwnerOnly | UnixFileMode.UserExecute)) != 0)
                {
                    throw new CryptographicException(
                        $"Key file {path} is open to others ({mode}); run: chmod 600 {path}"
                    );
                }
            }
            return Parse(path, JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path)));
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

    private static FieldKeys Parse(string path, Content? content)
    {
        if (content?.Keys is null || content.Search is null)
        {
            throw new CryptographicException($"Key file {path} is malformed.");
        }
        var keys = content.Keys.ToDictionary(k => k.Key, k => Convert.FromBase64String(k.Value));
        var search = Convert.FromBase64String(content.Search);
        if (!keys.ContainsKey(content.Active) || keys.ContainsKey(0))
        {
            throw new CryptographicException($"Key file {path}: the active key is missing, or a key has the id 0.");
        }
        if (search.Length != KeyBytes || keys.Values.Any(k => k.Length != KeyBytes))
        {
            throw new CryptographicException($"Key file {path}: every key must have {KeyBytes} bytes.");
        }
        return new FieldKeys(content.Active, keys, search);
    }

    private static void Write(string path, FieldKeys keys, bool overwrite)
    {
        var content = new Content(
            keys.Active,
            keys._keys.ToDictionary(k => k.Key, k => Convert.ToBase64String(k.Value)),
            Convert.ToBase64String(keys.Search)
        );
        DurableFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(content), overwrite).GetAwaiter().GetResult();
    }

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    private sealed record Content(byte Active, Dictionary<byte, string>? Keys, string? Search);
}
