using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Points;

/// <summary>A reduction that this process may send or ask about now.</summary>
internal sealed record ReductionOrder(
    Guid Id,
    bool WasSent,
    byte[] IdNumber,
    string Authority,
    int Points,
    DateOnly CycleStart
);

/// <summary>
/// Takes one open reduction under a short lease and marks it as possibly sent, before anything is sent: after a crash it is
/// asked about, never sent under another key.
/// </summary>
internal sealed record TakeReduction : ICommand<ReductionOrder?>
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public Permission Permission => Permission.RunJobs;

    /// <summary>The ledger row is the record; its settlement is audited.</summary>
    public bool IsAudited => false;

    public async Task<Outcome<ReductionOrder?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var next = await db
            .Reductions.Where(r => r.SettledAt == null && r.NextAt <= scope.Now)
            .OrderBy(r => r.NextAt)
            .FirstOrDefaultAsync(ct);
        if (next is null)
        {
            return (ReductionOrder?)null;
        }
        var wasSent = next.State == ReductionState.Unknown;
        next.State = ReductionState.Unknown;
        next.Attempts++;
        next.NextAt = scope.Now + Lease + TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, next.Attempts)));
        next.Version++;
        var driver = await db
            .Drivers.Where(d => d.Id == next.DriverId)
            .Select(d => new { d.IdNumber, d.Licence!.Authority })
            .SingleAsync(ct);
        return new ReductionOrder(next.Id, wasSent, driver.IdNumber, driver.Authority, next.Points, next.CycleStart);
    }
}

/// <summary>Settles a reduction by the gateway's answer, and tells the driver (S0-18, S1-13).</summary>
internal sealed record SettleReduction(Guid ReductionId, bool IsApplied, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.RunJobs;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var roundId = await db.Reductions.Where(r => r.Id == ReductionId).Select(r => r.RoundId).SingleAsync(ct);
        // The ledger row after the round: what another process settled shows in it (decisions/004).
        var round = await db.Rounds.SingleOrDefaultAsync(r => r.Id == roundId, ct);
        var reduction = await db.Reductions.SingleAsync(r => r.Id == ReductionId, ct);
        if (reduction.SettledAt is not null)
        {
            // Another process was told the same.
            return new Unit();
        }
        var scheme = await Reductions.SchemeOfAsync(scope, reduction, ct);
        var driverId = reduction.DriverId;
        if (IsApplied)
        {
            // As it stood before: this one is not applied yet.
            var file = await DriverRecords.LoadAsync(db, scope.Schemes, driverId, scope.Today, ct);
            reduction.Surplus =
                file?.Cycle.Start == reduction.CycleStart
                    ? PointsAccount.SurplusOf(reduction.Points, file.Account.Points)
                    : 0;
            reduction.State = ReductionState.Applied;
            round?.ConfirmReduction(scope.Now);
            var reduced = await db
                .Reductions.Where(r =>
                    r.DriverId == driverId && r.CycleStart == reduction.CycleStart && r.State == ReductionState.Applied
                )
                .SumAsync(r => r.Points, ct);
            scope.Tell(
                driverId,
                scheme,
                MessageTemplate.ReductionApplied,
                reduction.Points,
                reduced + reduction.Points
            );
        }
        else
        {
            reduction.State = ReductionState.Refused;
            reduction.Slot = null;
            reduction.Reason = Reason;
            round?.RefuseReduction(scope.Now);
            scope.Tell(driverId, scheme, MessageTemplate.ReductionRefused, Reason ?? "");
        }
        reduction.SettledAt = scope.Now;
        reduction.Version++;
        var what = new
        {
            reduction.State,
            reduction.Points,
            reduction.Surplus,
        };
        scope.Audit(round is null ? "Reduction" : "Round", round?.Id ?? reduction.Id, driverId, what);
        return new Unit();
    }
}

/// <summary>
/// Brings reductions and what changes them to the points gateway exactly once, each under its own key for ever; an answer that did not come is
/// asked for, and sent again only under the same key when the gateway has never heard of it.
/// </summary>
public sealed class PointsDispatcher(CommandRunner runner, IPointsGateway gateway, FieldCipher cipher)
{
    /// <summary>Settles what can be settled now.</summary>
    /// <returns>How many reductions were handled.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var handled = await ReduceAllAsync(ct);
        return handled + await ChangeAllAsync(ct);
    }

    private async Task<int> ReduceAllAsync(CancellationToken ct)
    {
        for (var handled = 0; ; handled++)
        {
            var taken = await runner.RunAsync(new TakeReduction(), ActorRef.System, ct);
            if (taken is not Outcome<ReductionOrder?>.Done { Value: { } order })
            {
                return handled;
            }
            var answer = await AskAsync(order, ct);
            if (answer.State is PointsState.Applied or PointsState.Rejected)
            {
                await runner.RunAsync(
                    new SettleReduction(order.Id, answer.State == PointsState.Applied, answer.Reason),
                    ActorRef.System,
                    ct
                );
            }
        }
    }

    // Revocations and repetitions: each under its own key, by the same rule.
    private async Task<int> ChangeAllAsync(CancellationToken ct)
    {
        for (var handled = 0; ; handled++)
        {
            var taken = await runner.RunAsync(new TakeReductionChange(), ActorRef.System, ct);
            if (taken is not Outcome<ReductionChangeOrder?>.Done { Value: { } order })
            {
                return handled;
            }
            if (order.IsDropped)
            {
                continue;
            }
            var answer = await AskAsync(order, ct);
            if (answer.State is PointsState.Applied or PointsState.Rejected)
            {
                await runner.RunAsync(
                    new SettleReductionChange(order.Id, answer.State == PointsState.Applied, answer.Reason),
                    ActorRef.System,
                    ct
                );
            }
        }
    }

    private async Task<PointsAnswer> AskAsync(ReductionChangeOrder order, CancellationToken ct)
    {
        var key = order.Id.ToString("N");
        var revokes = order.Kind == ReductionChangeKind.Revoke;
        if (order.WasSent)
        {
            var known = revokes ? await gateway.QueryRevocationAsync(key, ct) : await gateway.QueryAsync(key, ct);
            if (known.State != PointsState.NotFound)
            {
                return known;
            }
        }
        var request = new PointsRequest(
            key,
            cipher.OpenIdNumber(order.IdNumber),
            order.Authority,
            order.Points,
            order.CycleStart
        );
        return revokes
            ? await gateway.RevokeAsync(new PointsRevocation(request, order.TakenKey), ct)
            : await gateway.ReduceAsync(request, ct);
    }

    private async Task<PointsAnswer> AskAsync(ReductionOrder order, CancellationToken ct)
    {
        var key = order.Id.ToString("N");
        if (order.WasSent)
        {
            var known = await gateway.QueryAsync(key, ct);
            if (known.State != PointsState.NotFound)
            {
                return known;
            }
        }
        return await gateway.ReduceAsync(
            new PointsRequest(
                key,
                cipher.OpenIdNumber(order.IdNumber),
                order.Authority,
                order.Points,
                order.CycleStart
            ),
            ct
        );
    }
}
