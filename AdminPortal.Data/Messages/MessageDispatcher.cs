using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Messages;

/// <summary>A delivery that this process may send now.</summary>
internal sealed record DeliveryOrder(
    Guid Id,
    MessageChannel Channel,
    MessageTemplate Template,
    byte[] Facts,
    byte[] Mobile,
    Guid DriverId,
    bool English,
    string? Wording
);

/// <summary>Takes one open delivery under a short lease. A process that dies leaves it to the next one, under the same key.</summary>
internal sealed record TakeDelivery : ICommand<DeliveryOrder?>
{
    public Permission Permission => Permission.RunJobs;

    /// <summary>The delivery row is the record.</summary>
    public bool IsAudited => false;

    public async Task<Outcome<DeliveryOrder?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var next = await db
            .Deliveries.Where(d => d.SettledAt == null && d.NextAt <= scope.Now)
            .OrderBy(d => d.NextAt)
            .Select(d => new { d.Id, d.Attempts })
            .FirstOrDefaultAsync(ct);
        if (next is null)
        {
            return (DeliveryOrder?)null;
        }
        var until = scope.Now.AddMinutes(1).AddSeconds(Math.Min(3600, 5 * Math.Pow(2, next.Attempts)));
        var taken = await db
            .Deliveries.Where(d => d.Id == next.Id && d.SettledAt == null && d.NextAt <= scope.Now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(d => d.NextAt, until).SetProperty(d => d.Attempts, next.Attempts + 1),
                ct
            );
        if (taken == 0)
        {
            // Another process was quicker: look again.
            return await RunAsync(scope, ct);
        }
        return await (
            from delivery in db.Deliveries
            join message in db.Messages on delivery.MessageId equals message.Id
            join driver in db.Drivers on message.DriverId equals driver.Id
            where delivery.Id == next.Id
            select new DeliveryOrder(
                delivery.Id,
                delivery.Channel,
                message.Template,
                message.Facts,
                driver.Mobile,
                driver.Id,
                driver.PrefersEnglish,
                db.TextVersions.Where(t => t.Id == message.TextVersionId)
                    .Select(t => driver.PrefersEnglish ? t.En : t.Zh)
                    .FirstOrDefault()
            )
        ).SingleAsync(ct);
    }
}

/// <summary>Settles a delivery by the gateway's answer.</summary>
internal sealed record SettleDelivery(Guid DeliveryId, DeliveryState State) : ICommand<Unit>
{
    public Permission Permission => Permission.RunJobs;

    /// <summary>The delivery row is the record.</summary>
    public bool IsAudited => false;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        await scope
            .Db.Deliveries.Where(d => d.Id == DeliveryId && d.SettledAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(d => d.State, State).SetProperty(d => d.SettledAt, scope.Now),
                ct
            );
        return new Unit();
    }
}

/// <summary>Empties the outbox: every delivery goes to the gateway under its own id until the gateway has taken or refused it.</summary>
public sealed class MessageDispatcher(CommandRunner runner, IMessageGateway gateway, FieldCipher cipher)
{
    /// <summary>Sends what can be sent now.</summary>
    /// <returns>How many deliveries were handled.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        for (var handled = 0; ; handled++)
        {
            var taken = await runner.RunAsync(new TakeDelivery(), ActorRef.System, ct);
            if (taken is not Outcome<DeliveryOrder?>.Done { Value: { } order })
            {
                return handled;
            }
            var answer = await gateway.SendAsync(Message(order), ct);
            if (answer != Delivery.TryLater)
            {
                var state = answer == Delivery.Accepted ? DeliveryState.Sent : DeliveryState.Refused;
                await runner.RunAsync(new SettleDelivery(order.Id, state), ActorRef.System, ct);
            }
        }
    }

    private OutgoingMessage Message(DeliveryOrder order) =>
        new(
            order.Id.ToString("N"),
            order.Channel,
            order.Channel switch
            {
                MessageChannel.Sms => cipher.OpenMobile(order.Mobile),
                // The app and Alipay know their users by the account that is bound to the driver.
                MessageChannel.App => order.DriverId.ToString("N"),
                MessageChannel.Alipay => order.DriverId.ToString("N"),
            },
            MessageTexts.Text(
                order.Template,
                MessageFacts.Open(cipher, order.Facts, order.English),
                order.English,
                order.Wording
            )
        );
}
