using System.Globalization;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exports;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exports;

/// <summary>
/// Writes the exports that wait, one after the other, with the rights their owner has now. Rows are read, written, packed, sealed
/// and stored as they come: the length of a list costs time and no memory.
/// </summary>
public sealed class ExportWork(
    IDbContextFactory<PortalDb> databases,
    CommandRunner runner,
    FieldCipher cipher,
    SchemeCatalogue schemes,
    ExportSigner signer,
    TimeProvider clock
)
{
    /// <summary>Rows after which full parts are stored.</summary>
    private const int SaveEvery = 2_000;

    /// <summary>Rows after which the owner sees how far it is, and after which a cancelled export stops.</summary>
    private const int TellEvery = 10_000;

    /// <returns>How many were begun.</returns>
    public async Task<int> RunAsync(IListWords words, CancellationToken ct)
    {
        await runner.RunAsync(new ExpireExports(), ActorRef.System, ct);
        var begun = 0;
        while (
            await runner.RunAsync(new TakeExport(), ActorRef.System, ct)
                is Outcome<ExportOrder?>.Done { Value: { } order }
        )
        {
            begun++;
            await WriteAsync(order, words, ct);
        }
        return begun;
    }

    private async Task WriteAsync(ExportOrder order, IListWords words, CancellationToken ct)
    {
        var owner = new ActorRef(ActorKind.Staff, order.OwnerId);
        var sheet = ExportSheets.Of(ExportQuestion.Parse(order.Question));
        await using var db = await databases.CreateDbContextAsync(ct);
        // A list of a million rows takes longer to read than a page may.
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        if (
            await Actors.ReadAsync(db, owner, ct) is not { } actor
            || !actor.May(Permission.ExportLists)
            || !actor.May(sheet.Permission)
        )
        {
            await FailAsync(order, RefusalCode.NotPermitted, ct);
            return;
        }
        var now = clock.GetUtcNow();
        var rows = await sheet.CountAsync(db, actor, schemes, now, ct);
        if (rows > ListExport.MostRowsOf(order.Persons))
        {
            await FailAsync(order, RefusalCode.ExportTooLong, ct);
            return;
        }
        // Before anybody's name is read: what cannot be signed is not written.
        var keys = signer.Keys;
        IReadOnlySet<Guid> inFull = new HashSet<Guid>();
        if (order.Persons == ExportedPersons.Full)
        {
            var revealed = await runner.RunAsync(new RevealExportedPersons(order.Id), owner, ct);
            if (revealed is not Outcome<IReadOnlySet<Guid>>.Done { Value: var drivers })
            {
                await FailAsync(order, ((Outcome<IReadOnlySet<Guid>>.Refused)revealed).Refusal.Code, ct);
                return;
            }
            // Who came into the list since then has no entry in the trail, and stays masked.
            inFull = drivers;
        }
        if (!await TellAsync(order, 0, rows, ct))
        {
            return;
        }
        using var language = new SpokenLanguage(order.Language);
        var reading = new SheetReading(db, actor, schemes, cipher, now, words, inFull);
        await using var file = new ExportFileWriter(databases, cipher, order.Id, order.Attempt);
        var written = 0;
        using (
            var workbook = new XlsxWriter(file, NameOf(order, words), sheet.Columns(words), FooterOf(order, now, words))
        )
        {
            await foreach (var row in sheet.WriteAsync(workbook, reading, ct))
            {
                written = row;
                if (row % SaveEvery == 0)
                {
                    await file.SaveAsync(ct);
                }
                if (row % TellEvery == 0 && !await TellAsync(order, row, Math.Max(rows, row), ct))
                {
                    return;
                }
            }
            workbook.Complete(words.Text("ExportFile_About"), About(order, written, now, words));
        }
        var digest = await file.CompleteAsync(ct);
        await runner.RunAsync(
            new FinishExport(
                order.Id,
                order.Attempt,
                written,
                file.Size,
                file.Parts,
                digest,
                ManifestOf(order, written, now, file.Size, digest).Sign(keys)
            ),
            ActorRef.System,
            ct
        );
    }

    // Not an act: a number that moves, and a sign of life. False when the export is not this process's any more.
    private async Task<bool> TellAsync(ExportOrder order, int written, int total, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var until = clock.GetUtcNow() + ListExport.Lease;
        return await db
                .ListExports.Where(e =>
                    e.Id == order.Id && e.Attempt == order.Attempt && e.State == ExportState.Running
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(e => e.WrittenRows, written)
                            .SetProperty(e => e.TotalRows, total)
                            .SetProperty(e => e.LeaseUntil, until),
                    ct
                ) == 1;
    }

    private Task FailAsync(ExportOrder order, RefusalCode fault, CancellationToken ct) =>
        runner.RunAsync(new FailExport(order.Id, order.Attempt, fault), ActorRef.System, ct);

    private static ExportManifest ManifestOf(
        ExportOrder order,
        int written,
        DateTimeOffset now,
        long size,
        string digest
    )
    {
        var question = ExportQuestion.Parse(order.Question);
        return new ExportManifest(
            ExportManifest.CurrentFormat,
            ExportManifest.ProductVersion,
            order.Id,
            question.List,
            question.ToJson(),
            order.Persons,
            written,
            order.OwnerName,
            order.RequestedAt,
            order.CheckedByName,
            order.CheckedAt,
            now,
            size,
            digest
        );
    }

    private static string NameOf(ExportOrder order, IListWords words) =>
        words.Of(ExportQuestion.Parse(order.Question).List);

    // On every printed page: whose copy it is.
    private static string FooterOf(ExportOrder order, DateTimeOffset now, IListWords words) =>
        words.Text(
            "ExportFile_Footer",
            order.OwnerName,
            words.Instant(now),
            order.Id.ToString("N")[..8].ToUpperInvariant()
        );

    private static IEnumerable<(string, string)> About(
        ExportOrder order,
        int written,
        DateTimeOffset now,
        IListWords words
    ) =>
        [
            (words.Text("ExportFile_List"), NameOf(order, words)),
            .. words.Conditions(ExportQuestion.Parse(order.Question)),
            (words.Text("ExportFile_Rows"), written.ToString("#,##0", CultureInfo.InvariantCulture)),
            (words.Text("ExportFile_At"), words.Instant(now)),
            (words.Text("ExportFile_By"), order.OwnerName),
            (words.Text("ExportFile_Reason"), order.Reason),
            (words.Text("ExportFile_Persons"), words.Of(order.Persons)),
            .. order.CheckedByName is { } agreed
                ? [(words.Text("ExportFile_AgreedBy"), agreed)]
                : Array.Empty<(string, string)>(),
            (words.Text("ExportFile_Id"), $"{order.Id}"),
        ];

    /// <summary>The language of what follows on this path, until it is disposed.</summary>
    private sealed class SpokenLanguage : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

        public SpokenLanguage(string name) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);

        public void Dispose() => CultureInfo.CurrentUICulture = _before;
    }
}
