using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Messages;

/// <summary>What waits for the outside.</summary>
public enum OutboxKind
{
    /// <summary>A message by one channel.</summary>
    Message,

    /// <summary>A point to be taken off.</summary>
    Reduction,

    /// <summary>A point to be put back, or taken off again.</summary>
    ReductionChange,
}

/// <summary>
/// Has something tried again now, under the key it always had: the receiver drops what it already has, and an order to the points
/// gateway is asked about before it is sent (docs/gateways.md).
/// </summary>
public sealed record RetryOutbox(OutboxKind Kind, Guid Id) : ICommand<Unit>
{
    public Permission Permission => Permission.ManageJobs;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct) =>
        Kind switch
        {
            OutboxKind.Message => await RetryMessageAsync(scope, ct),
            OutboxKind.Reduction => await RetryReductionAsync(scope, ct),
            OutboxKind.ReductionChange => await RetryChangeAsync(scope, ct),
        };

    private async Task<Outcome<Unit>> RetryMessageAsync(CommandScope scope, CancellationToken ct)
    {
        if (await scope.Db.Deliveries.SingleOrDefaultAsync(d => d.Id == Id, ct) is not { } delivery)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (delivery.State == DeliveryState.Sent)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        if (delivery.SettledAt is null && delivery.NextAt <= scope.Now)
        {
            return new Unit();
        }
        // A lease of the dispatcher that is sending it this moment may be cut short: the key makes the second time harmless.
        (delivery.State, delivery.SettledAt, delivery.NextAt) = (DeliveryState.Waiting, null, scope.Now);
        scope.Audit("Delivery", Id, await DriverOfAsync(scope, delivery, ct), new { delivery.Channel, retried = true });
        return new Unit();
    }

    private async Task<Outcome<Unit>> RetryReductionAsync(CommandScope scope, CancellationToken ct)
    {
        if (await scope.Db.Reductions.SingleOrDefaultAsync(r => r.Id == Id, ct) is not { } reduction)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (reduction.SettledAt is not null)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        if (reduction.NextAt > scope.Now)
        {
            reduction.NextAt = scope.Now;
            reduction.Version++;
            scope.Audit("Reduction", Id, reduction.DriverId, new { retried = true });
        }
        return new Unit();
    }

    private async Task<Outcome<Unit>> RetryChangeAsync(CommandScope scope, CancellationToken ct)
    {
        if (await scope.Db.ReductionChanges.SingleOrDefaultAsync(c => c.Id == Id, ct) is not { } change)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (change.SettledAt is not null)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        if (change.NextAt > scope.Now)
        {
            change.NextAt = scope.Now;
            change.Version++;
            var driver = await scope
                .Db.Reductions.Where(r => r.Id == change.ReductionId)
                .Select(r => (Guid?)r.DriverId)
                .SingleAsync(ct);
            scope.Audit("ReductionChange", Id, driver, new { retried = true });
        }
        return new Unit();
    }

    internal static async Task<Guid> DriverOfAsync(CommandScope scope, DeliveryRow delivery, CancellationToken ct) =>
        await scope.Db.Messages.Where(m => m.Id == delivery.MessageId).Select(m => m.DriverId).SingleAsync(ct);
}

/// <summary>
/// Gives a delivery up, with a reason: the message stays in the driver's inbox. Orders to the points gateway are never given up.
/// </summary>
/// <param name="Reason">Required.</param>
public sealed record GiveUpDelivery(Guid DeliveryId, string? Reason) : ICommand<Unit>
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonLimit = 500;

    public Permission Permission => Permission.ManageJobs;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var reason = Reason?.Trim() ?? "";
        if (reason.Length is 0 or > ReasonLimit)
        {
            return reason.Length == 0
                ? new Refusal(RefusalCode.ReasonRequired, "reason", 1)
                : new Refusal(RefusalCode.FieldTooLong, "reason", ReasonLimit);
        }
        if (await scope.Db.Deliveries.SingleOrDefaultAsync(d => d.Id == DeliveryId, ct) is not { } delivery)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        switch (delivery.State)
        {
            case DeliveryState.GivenUp:
                return new Unit();
            case DeliveryState.Sent:
                return new Refusal(RefusalCode.WrongState);
            case DeliveryState.Waiting:
            case DeliveryState.Refused:
                break;
        }
        (delivery.State, delivery.SettledAt) = (DeliveryState.GivenUp, scope.Now);
        var driver = await RetryOutbox.DriverOfAsync(scope, delivery, ct);
        scope.Audit(
            "Delivery",
            DeliveryId,
            driver,
            new
            {
                delivery.Channel,
                givenUp = true,
                reason,
            }
        );
        return new Unit();
    }
}

/// <summary>Something that waits for the outside longer than it should, or was refused there. Nothing about the person.</summary>
/// <param name="Channel">Of a message; null for the points gateway.</param>
/// <param name="Refused">The gateway said no: it is not repeated by itself.</param>
public sealed record OutboxLine(
    OutboxKind Kind,
    Guid Id,
    Gateways.MessageChannel? Channel,
    int Attempts,
    DateTimeOffset Since,
    DateTimeOffset NextAt,
    bool Refused
);

/// <summary>The outbox: what waits, and what has trouble.</summary>
/// <param name="Waiting">Messages and orders that wait for their first or next try.</param>
/// <param name="Oldest">Since when the oldest of them waits.</param>
/// <param name="Troubled">Tried in vain or refused, the oldest first; at most <see cref="OutboxPages.Most"/>.</param>
public sealed record OutboxView(int Waiting, DateTimeOffset? Oldest, IReadOnlyList<OutboxLine> Troubled);

/// <summary>The outbox as the system administrator sees it.</summary>
public sealed class OutboxPages(IDbContextFactory<PortalDb> databases)
{
    public const int Most = 100;

    /// <summary>Null when the actor may not see it.</summary>
    public async Task<OutboxView?> ReadAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.ManageJobs))
        {
            return null;
        }
        var open = db.Deliveries.Where(d => d.SettledAt == null);
        var reductions = db.Reductions.Where(r => r.SettledAt == null);
        var changes = db.ReductionChanges.Where(c => c.SettledAt == null);
        var waiting = await open.CountAsync(ct) + await reductions.CountAsync(ct) + await changes.CountAsync(ct);
        var oldest = new[]
        {
            await open.Join(db.Messages, d => d.MessageId, m => m.Id, (d, m) => (DateTimeOffset?)m.At).MinAsync(ct),
            await reductions.MinAsync(r => (DateTimeOffset?)r.ReservedAt, ct),
            await changes.MinAsync(c => (DateTimeOffset?)c.DecidedAt, ct),
        }.Min();
        var lines = await MessagesAsync(db, ct);
        lines.AddRange(
            await reductions
                .Where(r => r.Attempts > 0)
                .OrderBy(r => r.ReservedAt)
                .Take(Most)
                .Select(r => new OutboxLine(
                    OutboxKind.Reduction,
                    r.Id,
                    null,
                    r.Attempts,
                    r.ReservedAt,
                    r.NextAt,
                    false
                ))
                .ToListAsync(ct)
        );
        lines.AddRange(
            await changes
                .Where(c => c.Attempts > 0)
                .OrderBy(c => c.DecidedAt)
                .Take(Most)
                .Select(c => new OutboxLine(
                    OutboxKind.ReductionChange,
                    c.Id,
                    null,
                    c.Attempts,
                    c.DecidedAt,
                    c.NextAt,
                    false
                ))
                .ToListAsync(ct)
        );
        return new OutboxView(waiting, oldest, [.. lines.OrderBy(l => l.Since).Take(Most)]);
    }

    private static async Task<List<OutboxLine>> MessagesAsync(PortalDb db, CancellationToken ct) =>
        await db
            .Deliveries.Where(d => (d.SettledAt == null && d.Attempts > 0) || d.State == DeliveryState.Refused)
            .Join(
                db.Messages,
                d => d.MessageId,
                m => m.Id,
                (d, m) =>
                    new
                    {
                        d.Id,
                        d.Channel,
                        d.Attempts,
                        m.At,
                        d.NextAt,
                        Refused = d.State == DeliveryState.Refused,
                    }
            )
            .OrderBy(x => x.At)
            .Take(Most)
            .Select(x => new OutboxLine(OutboxKind.Message, x.Id, x.Channel, x.Attempts, x.At, x.NextAt, x.Refused))
            .ToListAsync(ct);
}
