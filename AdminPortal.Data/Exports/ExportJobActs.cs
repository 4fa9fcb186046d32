using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exports;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exports;

/// <summary>An export that this process writes now.</summary>
public sealed record ExportOrder(
    Guid Id,
    int Attempt,
    Guid OwnerId,
    string OwnerName,
    DateTimeOffset RequestedAt,
    string Question,
    string Language,
    string Reason,
    ExportedPersons Persons,
    string? CheckedByName,
    DateTimeOffset? CheckedAt
);

/// <summary>Takes the export that waits longest, under a lease: a process that dies leaves it to the next one.</summary>
public sealed record TakeExport : ICommand<ExportOrder?>
{
    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<ExportOrder?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var export = await scope
            .Db.ListExports.Where(e =>
                e.State == ExportState.Waiting || (e.State == ExportState.Running && e.LeaseUntil <= scope.Now)
            )
            .OrderBy(e => e.RequestedAt)
            .ThenBy(e => e.Id)
            .FirstOrDefaultAsync(ct);
        if (export is null)
        {
            return (ExportOrder?)null;
        }
        var taken = export.Take(scope.Now);
        scope.Audit("Export", export.Id, null, new { export.State, export.Attempt });
        return taken
            ? new ExportOrder(
                export.Id,
                export.Attempt,
                export.OwnerId,
                export.OwnerName,
                export.RequestedAt,
                export.Question,
                export.Language,
                export.Reason,
                export.Persons,
                export.CheckedByName,
                export.CheckedAt
            )
            : null;
    }
}

/// <summary>
/// The owner sees the names and numbers of an agreed export: one entry for each driver, with the reason, before the first of them
/// is read (N-33). Runs with the owner's own rights.
/// </summary>
public sealed record RevealExportedPersons(Guid Id) : ICommand<IReadOnlySet<Guid>>
{
    public Permission Permission => Permission.ExportPersonalData;

    public async Task<Outcome<IReadOnlySet<Guid>>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (
            await ExportRows.FindAsync(scope, Id, ct)
            is not { State: ExportState.Running, Persons: ExportedPersons.Full } export
        )
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (export.OwnerId != scope.Actor.Id)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var sheet = ExportSheets.Of(ExportQuestion.Parse(export.Question));
        if (!scope.Actor.May(sheet.Permission) || !sheet.HasPersons)
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        var ids = await sheet.DriversAsync(scope.Db, scope.Actor, scope.Now, ListExport.MostFullRows + 1, ct);
        if (ids.Count > ListExport.MostFullRows)
        {
            return new Refusal(RefusalCode.ExportTooLong, null, ids.Count, ListExport.MostFullRows);
        }
        foreach (var driver in ids.Distinct())
        {
            scope.Audit("Export", Id, driver, new { reason = export.Reason, agreedBy = export.CheckedByName });
        }
        return new Outcome<IReadOnlySet<Guid>>.Done(ids.ToHashSet());
    }
}

/// <summary>The file is whole.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Digest">SHA-256 in hexadecimal digits.</param>
/// <param name="Manifest">What it is, signed (D-MANIFEST).</param>
public sealed record FinishExport(Guid Id, int Attempt, int Rows, long Size, int Parts, string Digest, string Manifest)
    : ICommand<Unit>
{
    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var export = await ExportRows.FindAsync(scope, Id, ct);
        if (export is not { State: ExportState.Running } || export.Attempt != Attempt)
        {
            // Cancelled, or taken by another process after a long silence.
            return new Refusal(RefusalCode.WrongState);
        }
        export.Finish(Rows, Size, Parts, Digest, Manifest, scope.Now);
        scope.Audit(
            "Export",
            Id,
            null,
            new
            {
                rows = Rows,
                size = Size,
                digest = Digest,
            }
        );
        return new Unit();
    }
}

/// <summary>It cannot be written.</summary>
public sealed record FailExport(Guid Id, int Attempt, RefusalCode Fault) : ICommand<Unit>
{
    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var export = await ExportRows.FindAsync(scope, Id, ct);
        if (export is not { State: ExportState.Running } || export.Attempt != Attempt)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        export.Fail(Fault, scope.Now);
        scope.Audit("Export", Id, null, new { fault = Fault });
        return new Unit();
    }
}

/// <summary>Files whose time is over go, and parts that belong to no file.</summary>
public sealed record ExpireExports : ICommand<int>
{
    private const int Batch = 50;

    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var over = await scope
            .Db.ListExports.Where(e => e.State == ExportState.Done && e.ExpiresAt <= scope.Now)
            .OrderBy(e => e.RequestedAt)
            .Take(Batch)
            .ToListAsync(ct);
        foreach (var export in over)
        {
            export.Expire(scope.Now);
            scope.Audit("Export", export.Id, null, new { export.State });
        }
        var ids = over.Select(e => e.Id).ToList();
        await scope
            .Db.ListExportParts.Where(p =>
                ids.Contains(p.ExportId)
                || scope.Db.ListExports.Any(e =>
                    e.Id == p.ExportId
                    && (e.Attempt != p.Attempt || (e.State != ExportState.Running && e.State != ExportState.Done))
                )
            )
            .ExecuteDeleteAsync(ct);
        return over.Count;
    }
}
