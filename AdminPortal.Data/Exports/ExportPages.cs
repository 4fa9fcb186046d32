using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exports;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exports;

/// <summary>What exporting a list would mean, before it is asked for.</summary>
/// <param name="Rows">How long the list is now.</param>
/// <param name="HasPersons">False for lists in which no person stands.</param>
/// <param name="Columns">Keys of the columns' heads are words already.</param>
public sealed record ExportOutlook(int Rows, bool HasPersons, IReadOnlyList<string> Columns);

/// <summary>An officer's exports, and those that wait for the officer's agreement.</summary>
/// <param name="Own">The newest first.</param>
/// <param name="ToCheck">The oldest first; empty for who may not agree.</param>
public sealed record ExportLists(IReadOnlyList<ListExport> Own, IReadOnlyList<ListExport> ToCheck, DateTimeOffset Now);

/// <summary>What the pages of exports read.</summary>
public sealed class ExportPages(IDbContextFactory<PortalDb> databases, SchemeCatalogue schemes, TimeProvider clock)
{
    /// <summary>The most of one's own exports that are listed; older ones stand in the audit trail.</summary>
    public const int Shown = 20;

    /// <summary>Null when the actor may not take this list out.</summary>
    public async Task<ExportOutlook?> OutlookAsync(
        ActorRef who,
        ExportQuestion question,
        IListWords words,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var sheet = ExportSheets.Of(question);
        if (
            await Actors.ReadAsync(db, who, ct) is not { } actor
            || !actor.May(Permission.ExportLists)
            || !actor.May(sheet.Permission)
        )
        {
            return null;
        }
        var now = clock.GetUtcNow();
        return new ExportOutlook(
            await sheet.CountAsync(db, actor, schemes, now, ct),
            sheet.HasPersons,
            [.. sheet.Columns(words).Select(c => c.Head)]
        );
    }

    /// <summary>A request for names in full as its second person sees it; null when there is none to see.</summary>
    public async Task<ListExport?> ToCheckAsync(ActorRef who, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Actors.ReadAsync(db, who, ct) is { } actor && actor.May(Permission.ApproveExports)
            ? await ExportRows.ToCheck(db, actor).AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct)
            : null;
    }

    /// <summary>The manifest of one's own export; null when there is none.</summary>
    public async Task<(ListExport Export, string Manifest)?> ManifestAsync(ActorRef who, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return
            await Actors.ReadAsync(db, who, ct) is { } actor
            && actor.May(Permission.ExportLists)
            && await db.ListExports.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.OwnerId == actor.Id, ct)
                is { Manifest: { } manifest } export
            ? (export, manifest)
            : null;
    }

    /// <summary>Null when the actor may not export at all.</summary>
    public async Task<ExportLists?> ReadAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ExportLists))
        {
            return null;
        }
        var own = await db
            .ListExports.AsNoTracking()
            .Where(e => e.OwnerId == actor.Id)
            .OrderByDescending(e => e.RequestedAt)
            .ThenBy(e => e.Id)
            .Take(Shown)
            .ToListAsync(ct);
        var toCheck = actor.May(Permission.ApproveExports)
            ? await ExportRows
                .ToCheck(db, actor)
                .AsNoTracking()
                .Where(e => e.State == ExportState.AwaitsApproval && e.OwnerId != actor.Id)
                .OrderBy(e => e.RequestedAt)
                .ThenBy(e => e.Id)
                .ToListAsync(ct)
            : [];
        return new ExportLists(own, toCheck, clock.GetUtcNow());
    }
}
