using AdminPortal.Data.Audit;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Domain;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

// What an administrator does to the outbox.
internal static partial class Catalogue
{
    private static CataloguedCommand[] Jobs =>
        [
            new(
                typeof(RetryOutbox),
                SystemAdministrators,
                async a => a.Act(new RetryOutbox(OutboxKind.Message, await TriedDeliveryAsync(a.Portal)))
            )
            {
                Misuse = async a =>
                {
                    // The other two kinds are asked for too; what is settled is not tried again.
                    var round = (await a.Portal.SeedReductionsAsync(1))[0];
                    await a.Portal.DoAsync(new TakeReduction(), ActorRef.System);
                    await a.Portal.DoAsync(new RetryOutbox(OutboxKind.Reduction, round), a.Actor);
                    await a.Portal.TryAsync(new RetryOutbox(OutboxKind.ReductionChange, Unknown), a.Actor);
                    await a.Portal.DoAsync(new TakeReduction(), ActorRef.System);
                    await a.Portal.DoAsync(new SettleReduction(round, true, null), ActorRef.System);
                    return a.Act(new RetryOutbox(OutboxKind.Reduction, round));
                },
                Misused = RefusalCode.WrongState,
            },
            new(
                typeof(GiveUpDelivery),
                SystemAdministrators,
                async a => a.Act(new GiveUpDelivery(await TriedDeliveryAsync(a.Portal), "号码已停用。"))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new GiveUpDelivery(Unknown, " "))),
                Misused = RefusalCode.ReasonRequired,
            },
        ];

    private static CataloguedCommand[] Trails =>
        [
            new(
                typeof(SearchDriverTrail),
                [Principal.Auditor, Principal.Operator],
                async a =>
                {
                    a.Driver = await a.Portal.ImportDriverAsync();
                    return a.Act(new SearchDriverTrail(a.Driver.Person.IdNumber, "投诉核查", null));
                }
            )
            {
                Again = Again.AnotherAct,
                Misuse = async a =>
                {
                    // Numbers of the other kinds are looked for too.
                    await a.Portal.TryAsync(new SearchDriverTrail("0000ABCD", "投诉核查", null), a.Actor);
                    await a.Portal.TryAsync(new SearchDriverTrail($"{Unknown}", "投诉核查", 9), a.Actor);
                    return a.Act(new SearchDriverTrail(a.Driver.Person.IdNumber, " ", null));
                },
                Misused = RefusalCode.ReasonRequired,
            },
            new(
                typeof(NoteVerification),
                [Principal.Auditor, Principal.Operator],
                a => Task.FromResult(a.Act(new NoteVerification(9, true)))
            )
            {
                Again = Again.AnotherAct,
            },
        ];

    // A delivery that was tried once in vain and waits for its next time.
    private static async Task<Guid> TriedDeliveryAsync(TestPortal portal)
    {
        await portal.ApplyAsync(await portal.ImportDriverAsync());
        return (await portal.DoAsync(new TakeDelivery(), ActorRef.System))!.Id;
    }
}
