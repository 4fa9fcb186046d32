using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdminPortal.Domain.Exports;

namespace AdminPortal.Data.Exports;

/// <summary>
/// What a finished export is, signed: whoever holds the file and this text can tell that neither was changed since (D-MANIFEST).
/// Who signs is the installation, not a person; how the key is trusted is the installation's matter.
/// </summary>
/// <param name="Format">Tells this shape of the text from later ones.</param>
/// <param name="Product">Version of the product that wrote the file.</param>
/// <param name="Question">What the list was narrowed to.</param>
/// <param name="RequestedBy">Badge number.</param>
/// <param name="AgreedBy">Badge number of the second person; null where it takes none.</param>
/// <param name="Size">Of the file, in bytes.</param>
/// <param name="Sha256">Of the file, in hexadecimal digits.</param>
public sealed record ExportManifest(
    string Format,
    string Product,
    Guid Export,
    ExportedList List,
    JsonElement Question,
    ExportedPersons Persons,
    int Rows,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    string? AgreedBy,
    DateTimeOffset? AgreedAt,
    DateTimeOffset WrittenAt,
    long Size,
    string Sha256
)
{
    public const string CurrentFormat = "adminportal-export-manifest/1";

    /// <summary>The one way of signing so far. SM2 is not in the framework: see decisions/018.</summary>
    public const string Algorithm = "ECDSA-P256-SHA256";

    /// <summary>The longest manifest that is read: the longest question many times over.</summary>
    public const int MostBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        // People read it, too.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    internal static string ProductVersion { get; } =
        typeof(ExportManifest)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion
        ?? "unknown";

    /// <summary>The text to be kept and handed out.</summary>
    internal string Sign(ExportKeys keys)
    {
        var manifest = JsonSerializer.Serialize(this, Json);
        return Text(manifest, keys.Active, keys.Sign(Encoding.UTF8.GetBytes(manifest)));
    }

    /// <summary>Compares a file and a manifest with what was signed.</summary>
    /// <returns>What the manifest says, and what differs, in words for the operator; nothing when all is as it was signed.</returns>
    public static async Task<(ExportManifest? Manifest, IReadOnlyList<string> Faults)> VerifyAsync(
        Stream file,
        byte[] text,
        ExportKeys keys,
        CancellationToken ct
    )
    {
        if (Read(text) is not var (raw, key, signature))
        {
            return (null, ["The manifest is damaged: it is not the text this product writes."]);
        }
        switch (keys.Verify(key, Encoding.UTF8.GetBytes(raw), signature))
        {
            case null:
                return (null, [$"The manifest is signed with the key {key}, which is not one of the keys here."]);
            case false:
                return (null, ["The manifest was changed after it was signed, or signed with another key."]);
        }
        var manifest = JsonSerializer.Deserialize<ExportManifest>(raw, Json)!;
        if (manifest.Format != CurrentFormat)
        {
            return (null, [$"The manifest has the format {manifest.Format}, which this version does not know."]);
        }
        var faults = new List<string>();
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        if (file.Length != manifest.Size)
        {
            faults.Add($"The file has {file.Length} bytes; the manifest says {manifest.Size}.");
        }
        if (digest != manifest.Sha256)
        {
            faults.Add($"The file was changed, or is another one: its SHA-256 is {digest}, not {manifest.Sha256}.");
        }
        return (manifest, faults);
    }

    // Strict: what is not byte for byte the text that is written here is not taken, so that no byte of it can be changed unseen.
    private static (string Raw, string Key, byte[] Signature)? Read(byte[] bytes)
    {
        if (bytes.Length > MostBytes)
        {
            return null;
        }
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            using var document = JsonDocument.Parse(text);
            var signature = document.RootElement.GetProperty("signature");
            var raw = document.RootElement.GetProperty("manifest").GetRawText();
            var key = signature.GetProperty("key").GetString()!;
            var value = signature.GetProperty("value").GetBytesFromBase64();
            return Text(raw, key, value) == text ? (raw, key, value) : null;
        }
        catch (Exception e)
            when (e
                    is ArgumentException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            return null;
        }
    }

    private static string Text(string manifest, string key, byte[] signature) =>
        "{\n\"manifest\": "
        + manifest
        + ",\n\"signature\": { \"algorithm\": \""
        + Algorithm
        + "\", \"key\": \""
        + key
        + "\", \"value\": \""
        + Convert.ToBase64String(signature)
        + "\" }\n}\n";
}
