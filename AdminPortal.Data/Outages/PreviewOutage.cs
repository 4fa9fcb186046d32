using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Rounds;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Outages;

/// <summary>What an officer fills in about an outage.</summary>
/// <param name="IdNumber">The one driver it is made good to; empty for all.</param>
public sealed record OutageForm(
    ServicePart Part,
    DateTimeOffset? From,
    DateTimeOffset? To,
    IReadOnlyList<string> Authorities,
    string? IdNumber,
    string? Reason
);

/// <summary>A round that an outage touched. No name: it is about the outage, not about the driver.</summary>
/// <param name="Effect">What would be, or was, given back.</param>
public sealed record OutageLine(Guid RoundId, string Authority, RoundState State, OutageSummary Effect);

/// <summary>What an outage does to a round, in figures.</summary>
public sealed record OutageSummary(
    int Voided,
    int Discounted,
    int SecondsRestored,
    RoundAct? Act,
    DeadlineKind? Window,
    DateTimeOffset? EndBefore,
    DateTimeOffset? EndAfter,
    OutageLeft? Left
);

/// <summary>Figures over all rounds that were gone through.</summary>
/// <param name="Rounds">Rounds that were under way in the outage.</param>
/// <param name="Hit">Those of them that it touched.</param>
/// <param name="Attempts">Attempts that do not count any more.</param>
/// <param name="Windows">Windows that were moved or begin anew.</param>
/// <param name="Waiting">Rounds with an exam under way: they are settled when it has ended.</param>
public sealed record OutageTotals(
    int Rounds,
    int Hit,
    int Attempts,
    int FaceTries,
    int StudyMinutes,
    int Windows,
    int Left,
    int Waiting
);

/// <summary>What confirming would do now.</summary>
/// <param name="Lines">The first of the rounds that are touched.</param>
/// <param name="IsPartial">True when there are more rounds than were gone through.</param>
public sealed record OutagePreview(OutageTotals Totals, IReadOnlyList<OutageLine> Lines, bool IsPartial);

/// <summary>
/// Shows what an outage hit and what would be given back, before anybody declares anything. It is the act itself, on copies that are
/// thrown away. Recorded: it may look one driver up (N-33).
/// </summary>
public sealed record PreviewOutage(OutageForm Form) : ICommand<OutagePreview>
{
    public Permission Permission => Permission.DeclareOutages;

    public async Task<Outcome<OutagePreview>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var declared = await OutageForms.DeclareAsync(scope, Form, ct);
        if (declared is not Outcome<Outage>.Done { Value: var outage })
        {
            return ((Outcome<Outage>.Refused)declared).Refusal;
        }
        OutageForms.Audit(scope, outage, "preview");
        return await OutagePreviews.OfAsync(scope, outage, ct);
    }
}

/// <summary>One officer declares an outage. Nothing follows until another one confirms.</summary>
public sealed record DeclareOutage(OutageForm Form) : ICommand<Guid>
{
    public Permission Permission => Permission.DeclareOutages;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var declared = await OutageForms.DeclareAsync(scope, Form, ct);
        if (declared is not Outcome<Outage>.Done { Value: var outage })
        {
            return ((Outcome<Outage>.Refused)declared).Refusal;
        }
        // A second click of the same form is the same declaration.
        var authorities = outage.Authorities.Select(a => a.Authority).ToList();
        var same = (
            await scope
                .Db.Outages.AsNoTracking()
                .Where(o =>
                    o.DeclaredById == scope.Actor.Id
                    && o.State == OutageState.Declared
                    && o.Part == outage.Part
                    && o.From == outage.From
                    && o.To == outage.To
                    && o.DriverId == outage.DriverId
                )
                .ToListAsync(ct)
        ).FirstOrDefault(o =>
            o.Authorities.Select(a => a.Authority).Order(StringComparer.Ordinal).SequenceEqual(authorities)
        );
        if (same is not null)
        {
            return same.Reason == outage.Reason ? same.Id : new Refusal(RefusalCode.OutageDeclared);
        }
        scope.Db.Outages.Add(outage);
        OutageForms.Audit(scope, outage, outage.Id);
        return outage.Id;
    }
}

internal static class OutageForms
{
    /// <summary>The outage a form describes. A look-up of its one driver is recorded, whatever comes of it (N-33).</summary>
    public static async Task<Outcome<Outage>> DeclareAsync(CommandScope scope, OutageForm form, CancellationToken ct)
    {
        DriverRow? driver = null;
        if (!string.IsNullOrWhiteSpace(form.IdNumber))
        {
            if (!ResidentId.TryParse(form.IdNumber, out var id))
            {
                return new Refusal(RefusalCode.IdNumberInvalid, "idNumber");
            }
            driver = await DriverSearch.FindAsync(scope, id, "outage", ct);
            if (driver is null)
            {
                return new Refusal(RefusalCode.DriverUnknown, "idNumber");
            }
        }
        var facts = new OutageFacts(form.Part, form.From, form.To, form.Authorities, driver?.Id, form.Reason);
        return Outage.Declare(Guid.CreateVersion7(scope.Now), facts, driver?.IdNumberKey, scope.Actor, scope.Now);
    }

    public static void Audit(CommandScope scope, Outage outage, object subject) =>
        scope.Audit(
            "Outage",
            subject,
            outage.DriverId,
            new
            {
                outage.Part,
                outage.From,
                outage.To,
                authorities = string.Join(',', outage.Authorities.Select(a => a.Authority)),
            }
        );
}

internal static class OutagePreviews
{
    /// <summary>The most rounds a preview goes through; what comes after them is counted, not reckoned.</summary>
    private const int MostRounds = 1000;
    private const int MostLines = 100;
    private const int Batch = 200;

    public static async Task<OutagePreview> OfAsync(CommandScope scope, Outage outage, CancellationToken ct)
    {
        var db = scope.Db;
        var candidates = OutageWork.Candidates(db, outage);
        var total = await candidates.CountAsync(ct);
        var known = await OutageWork.KnownAsync(db, outage, ct);
        var calendar = await scope.CalendarAsync(ct);
        var lines = new List<OutageLine>();
        var waiting = 0;
        for (var seen = 0; seen < Math.Min(total, MostRounds); seen += Batch)
        {
            var rounds = await candidates.AsNoTracking().OrderBy(r => r.Id).Skip(seen).Take(Batch).ToListAsync(ct);
            foreach (var of in await OutageWork.LoadAsync(db, rounds, tracked: false, scope.Today, ct))
            {
                var (round, state) = (of.Round, of.Round.State);
                waiting += OutageRule.MustWait(state) ? 1 : 0;
                var effect = OutageRule.Apply(
                    outage,
                    of,
                    OutageWork.Of(round, outage, known),
                    scope.SchemeOf(round),
                    calendar,
                    scope.Now
                );
                if (effect.IsHit)
                {
                    lines.Add(new OutageLine(round.Id, round.Authority, state, SummaryOf(effect)));
                }
            }
        }
        var totals = new OutageTotals(
            total,
            lines.Count,
            lines.Sum(l => l.Effect.Voided),
            lines.Sum(l => l.Effect.Discounted),
            lines.Sum(l => l.Effect.SecondsRestored) / 60,
            lines.Count(l => l.Effect.Window is not null),
            lines.Count(l => l.Effect.Left is not null),
            waiting
        );
        return new OutagePreview(totals, [.. lines.Take(MostLines)], total > MostRounds);
    }

    private static OutageSummary SummaryOf(OutageEffect effect) =>
        new(
            effect.Voided,
            effect.Discounted.Count,
            effect.SecondsRestored,
            effect.Act,
            effect.Window,
            effect.Before?.ExpiresAt,
            effect.After?.ExpiresAt,
            effect.Left
        );
}
