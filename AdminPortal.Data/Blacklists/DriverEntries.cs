using AdminPortal.Data.Calendar;
using AdminPortal.Data.Drivers;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Blacklists;

/// <summary>What a driver's appeal stands at.</summary>
/// <param name="AwaitsSecond">One officer would uphold it; another person has to confirm (S1-40).</param>
public sealed record AppealView(
    Guid CaseId,
    string Reason,
    DateTimeOffset FiledAt,
    int Photos,
    CaseState State,
    bool AwaitsSecond,
    Deadline Due,
    Period Term,
    IReadOnlyList<CountedDay> DueDays,
    DateTimeOffset? DecidedAt,
    string? DecisionReason
);

/// <summary>A clock of an entry: its last day, and the rule it follows.</summary>
/// <param name="Until">Null when the rule names no end.</param>
public sealed record EntryClock(DateOnly? Until, string Rule);

/// <summary>An entry that keeps a driver from a reduction, or did: the product's own, or one that an authority delivered.</summary>
/// <param name="Ground">Of an own entry; null for a delivered one.</param>
/// <param name="Kind">Of a delivered entry; null for an own one.</param>
/// <param name="Description">What happened; empty for a delivered one.</param>
/// <param name="Since">Confirmed, or on record, since this day.</param>
/// <param name="OutOfScheme">How long no reduction is possible; null when it says nothing about that.</param>
/// <param name="OffOnline">How long internet and self-service are closed; null when it says nothing about that.</param>
public sealed record EntryView(
    Guid Id,
    bool IsOwn,
    string Authority,
    BlacklistGround? Ground,
    RecordKind? Kind,
    string Description,
    Guid? RoundId,
    DateOnly Since,
    EntryClock? OutOfScheme,
    EntryClock? OffOnline,
    DateTimeOffset? LiftedAt,
    string? LiftReason,
    AppealView? Appeal,
    DateOnly Today
)
{
    /// <summary>True while it keeps the driver from something.</summary>
    public bool Bars => LiftedAt is null && (Runs(OutOfScheme) || Runs(OffOnline));

    /// <summary>True while an appeal against it may be filed: once, and while it is in force (S1-40).</summary>
    public bool MayAppeal => Bars && Appeal is null;

    private bool Runs(EntryClock? clock) => clock is not null && (clock.Until is not { } end || Today <= end);
}

/// <summary>Reads both kinds of blacklist entries as one list.</summary>
public static class DriverEntries
{
    /// <summary>Every entry that bars the driver, and every one that was appealed or lifted; newest first.</summary>
    internal static async Task<IReadOnlyList<EntryView>> ReadAsync(
        PortalDb db,
        SchemeCatalogue schemes,
        Guid driverId,
        DateOnly today,
        CancellationToken ct
    )
    {
        var own = await db
            .BlacklistEntries.AsNoTracking()
            .Where(e => e.DriverId == driverId)
            .Where(e => e.State == BlacklistState.InForce || e.State == BlacklistState.Lifted)
            .ToListAsync(ct);
        var delivered = await db
            .DriverEntries.AsNoTracking()
            .Where(e => e.DriverId == driverId && (e.Kind == RecordKind.Blacklist || e.Kind == RecordKind.Fraud))
            .ToListAsync(ct);
        if (own.Count + delivered.Count == 0)
        {
            return [];
        }
        var appeals = await AppealsAsync(db, driverId, ct);
        var file = await DriverRecords.LoadAsync(db, schemes, driverId, today, ct);
        return
        [
            .. own.Select(e => Of(e, appeals.GetValueOrDefault(e.Id), today))
                .Concat(file is null ? [] : delivered.Select(e => Of(e, file, appeals.GetValueOrDefault(e.Id), today)))
                .Where(e => e.Bars || e.Appeal is not null || e.LiftedAt is not null)
                .OrderByDescending(e => e.Bars)
                .ThenByDescending(e => e.Since),
        ];
    }

    private static EntryView Of(BlacklistEntry entry, AppealView? appeal, DateOnly today) =>
        new(
            entry.Id,
            true,
            entry.Authority,
            entry.Ground,
            null,
            entry.Description,
            entry.RoundId,
            ChinaTime.DateOf(entry.CheckedAt!.Value),
            new EntryClock(entry.OutOfSchemeUntil, "N-n9"),
            new EntryClock(entry.OffOnlineUntil, "S1-39"),
            entry.LiftedAt,
            entry.LiftReason,
            appeal,
            today
        );

    private static EntryView Of(DriverEntryRow entry, DriverFile file, AppealView? appeal, DateOnly today) =>
        new(
            entry.Id,
            false,
            file.Record.Authority,
            null,
            entry.Kind,
            "",
            null,
            entry.On,
            entry.Kind == RecordKind.Fraud ? FraudClock(entry.On, file) : null,
            entry.Kind == RecordKind.Blacklist ? new EntryClock(entry.Until, "S1-39") : null,
            entry.LiftedAt,
            entry.LiftReason,
            appeal,
            today
        );

    // As the driver's scheme judges it: for ever (S1-20), for three cycles (N-26), or not at all.
    private static EntryClock? FraudClock(DateOnly on, DriverFile file)
    {
        var ground = file.Scheme?.Grounds.FirstOrDefault(g => g.Value is Ground.NoFraud or Ground.NoFraudInThreeCycles);
        if (ground is not { Value: Ground.NoFraudInThreeCycles })
        {
            return ground is null ? null : new EntryClock(null, ground.Rule);
        }
        // A fraud before the first licence falls into no cycle; the first one is taken.
        var first = file.Record.FirstLicensedOn;
        return new EntryClock(BlacklistClocks.OutOfScheme(first, on < first ? first : on), ground.Rule);
    }

    private static async Task<Dictionary<Guid, AppealView>> AppealsAsync(
        PortalDb db,
        Guid driverId,
        CancellationToken ct
    )
    {
        var cases = await db
            .Cases.AsNoTracking()
            .Where(c => c.DriverId == driverId && c.Kind == CaseKind.Appeal)
            .ToListAsync(ct);
        if (cases.Count == 0)
        {
            return [];
        }
        var ids = cases.Select(c => c.Id).ToList();
        var appeals = await db.Appeals.AsNoTracking().Where(a => ids.Contains(a.CaseId)).ToListAsync(ct);
        var files = await db.CaseFiles.AsNoTracking().Where(f => ids.Contains(f.CaseId)).ToListAsync(ct);
        var calendar = await CalendarStore.LoadAsync(db, ct);
        return cases.ToDictionary(
            c => c.SubjectId,
            c =>
            {
                var appeal = appeals.Single(a => a.CaseId == c.Id);
                return new AppealView(
                    c.Id,
                    appeal.Reason,
                    appeal.FiledAt,
                    files.Count(f => f.CaseId == c.Id),
                    c.State,
                    c.IsOpen && c.ProposedById is not null,
                    c.Due,
                    c.Term,
                    DeadlineArithmetic.Explain(c.Due, c.Term, calendar),
                    c.DecidedAt,
                    c.Steps.SingleOrDefault(s => s.To is CaseState.Upheld or CaseState.Rejected)?.Note
                );
            }
        );
    }
}
