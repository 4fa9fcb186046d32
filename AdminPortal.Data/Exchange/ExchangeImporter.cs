using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;

namespace AdminPortal.Data.Exchange;

/// <summary>A line that was not taken, and why.</summary>
/// <param name="Line">1 for the first line.</param>
public sealed record ImportFault(int Line, string Reason);

/// <summary>What an import did.</summary>
public sealed record ImportReport(int Added, int Changed, int Unchanged, IReadOnlyList<ImportFault> Faults);

/// <summary>
/// Reads an exchange file of an authority: JSON lines, a header first. Bad lines are reported with number and reason, good
/// lines are kept, a repeated import changes nothing.
/// </summary>
public sealed class ExchangeImporter(CommandRunner runner, PhotoFiles files, TimeProvider clock)
{
    private const int ChunkSize = 200;

    // How far the clocks of two systems may be apart.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <exception cref="ImportRefusedException">There is no usable header, so no line can be trusted.</exception>
    public async Task<ImportReport> ImportAsync(string path, CancellationToken ct)
    {
        using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: false));
        var header = ReadHeader(await reader.ReadLineAsync(ct));
        var (added, changed, unchanged) = (0, 0, 0);
        var faults = new List<ImportFault>();
        var chunk = new List<ImportLine>();
        for (var number = 2; await reader.ReadLineAsync(ct) is { } text; number++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }
            if (await ReadAsync(number, text, Path.GetDirectoryName(Path.GetFullPath(path))!, faults, ct) is { } line)
            {
                chunk.Add(line);
            }
            if (chunk.Count == ChunkSize)
            {
                await ImportChunkAsync();
            }
        }
        await ImportChunkAsync();
        return new ImportReport(added, changed, unchanged, [.. faults.OrderBy(f => f.Line)]);

        async Task ImportChunkAsync()
        {
            var outcome = await runner.RunAsync(new ImportChunk(header, [.. chunk]), ActorRef.Operator, ct);
            if (outcome is not Outcome<ChunkReport>.Done { Value: var report })
            {
                throw new ImportRefusedException(((Outcome<ChunkReport>.Refused)outcome).Refusal.Code.ToString());
            }
            added += report.Added;
            changed += report.Changed;
            unchanged += report.Unchanged;
            faults.AddRange(report.Faults);
            foreach (var unused in report.UnusedPhotos)
            {
                files.Delete(unused);
            }
            chunk.Clear();
        }
    }

    private HeaderRecord ReadHeader(string? text)
    {
        var header = text is null ? null : Parse(text).Record as HeaderRecord;
        if (header is null)
        {
            throw new ImportRefusedException("line 1 must be the header record");
        }
        // Data of tomorrow would outrank every delivery until then, and hide what the product does meanwhile.
        var fault = header.AsOf > clock.GetUtcNow() + Skew ? "asOf is in the future" : header.Defect();
        return fault is null ? header : throw new ImportRefusedException($"line 1: {fault}");
    }

    private async Task<ImportLine?> ReadAsync(
        int number,
        string text,
        string folder,
        List<ImportFault> faults,
        CancellationToken ct
    )
    {
        var (record, fault) = Parse(text);
        fault ??= record is HeaderRecord ? "a second header" : record!.Defect();
        ImportPhoto? photo = null;
        if (fault is null && record is PersonRecord { Photo: { } name })
        {
            (photo, fault) = await ReadPhotoAsync(Path.Combine(folder, name), ct);
        }
        if (fault is not null)
        {
            faults.Add(new ImportFault(number, fault));
            return null;
        }
        return new ImportLine(number, record!, photo);
    }

    private async Task<(ImportPhoto?, string?)> ReadPhotoAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            return (null, "photo: the file does not exist");
        }
        if (new FileInfo(path).Length > JpegSanitizer.MaxBytes)
        {
            return (null, "photo: TooLarge");
        }
        if (JpegSanitizer.Clean(await File.ReadAllBytesAsync(path, ct)) is not JpegOutcome.Clean clean)
        {
            return (null, "photo: not a usable JPEG");
        }
        var id = Guid.NewGuid();
        await files.WriteAsync(id, clean.Bytes, ct);
        return (new ImportPhoto(id, SHA256.HashData(clean.Bytes), clean.Bytes.Length, clean.Width, clean.Height), null);
    }

    private static (ExchangeRecord? Record, string? Fault) Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ExchangeRecord>(text, ExchangeRecord.Json) is { } record
                ? (record, null)
                : (null, "empty record");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // The parser's own words name the place; they are for the operator, not for a browser.
            return (null, e.Message.Split('\n')[0]);
        }
    }
}

/// <summary>An exchange file that cannot be read at all.</summary>
public sealed class ImportRefusedException(string reason) : Exception(reason);
