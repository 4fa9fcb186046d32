using AdminPortal.Data.Commands;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Jobs;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Outbox;

/// <summary>What the system administrator sees of the outbox and of the jobs, and what a retry does and never does.</summary>
public sealed class OutboxAdministrationTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private TestOfficer _system = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _system = await _portal.CreateOfficerAsync(Role.SystemAdministrator, []);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_message_that_was_not_taken_is_shown_and_goes_out_at_once_under_the_same_key()
    {
        _portal.Messages.Behaviour = _ => Delivery.TryLater;
        await _portal.ApplyAsync(await _portal.ImportDriverAsync());
        await _portal.Get<MessageDispatcher>().RunAsync(default);
        var first = _portal.Messages.Sent.Select(m => m.Key).Order().ToList();
        var outbox = await ReadAsync();
        Assert.Equal(first.Count, outbox.Waiting);
        Assert.All(
            outbox.Troubled,
            line => Assert.Equal((OutboxKind.Message, 1, false), (line.Kind, line.Attempts, line.Refused))
        );

        _portal.Messages.Behaviour = _ => Delivery.Accepted;
        await _portal.Get<MessageDispatcher>().RunAsync(default);
        // The control: by itself it would wait longer.
        Assert.Equal(first.Count, _portal.Messages.Sent.Count);
        foreach (var line in outbox.Troubled)
        {
            await _portal.DoAsync(new RetryOutbox(line.Kind, line.Id), _system.Ref);
        }
        await _portal.Get<MessageDispatcher>().RunAsync(default);

        Assert.Equal(first, _portal.Messages.Sent.Skip(first.Count).Select(m => m.Key).Order());
        Assert.Equal((0, null), ((await ReadAsync()).Waiting, (await ReadAsync()).Oldest));
        Assert.Equal(
            RefusalCode.WrongState,
            (await _portal.RefusedAsync(new RetryOutbox(OutboxKind.Message, outbox.Troubled[0].Id), _system.Ref)).Code
        );
    }

    [Fact]
    public async Task A_refused_message_is_tried_again_only_when_somebody_says_so_and_a_given_up_one_never()
    {
        _portal.Messages.Behaviour = _ => Delivery.Refused;
        await _portal.ApplyAsync(await _portal.ImportDriverAsync());
        await _portal.Get<MessageDispatcher>().RunAsync(default);
        var refused = (await ReadAsync()).Troubled;
        Assert.All(refused, line => Assert.True(line.Refused));
        Assert.Equal(2, refused.Count);
        _portal.Messages.Behaviour = _ => Delivery.Accepted;

        await _portal.DoAsync(new RetryOutbox(OutboxKind.Message, refused[0].Id), _system.Ref);
        await _portal.DoAsync(new GiveUpDelivery(refused[1].Id, "号码已停用。"), _system.Ref);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await _portal.Get<MessageDispatcher>().RunAsync(default);

        Assert.Equal([refused[0].Id.ToString("N")], _portal.Messages.Sent.Skip(refused.Count).Select(m => m.Key));
        Assert.Empty((await ReadAsync()).Troubled);
    }

    [Fact]
    public async Task An_order_whose_answer_did_not_come_is_asked_about_again_and_never_sent_twice()
    {
        var round = (await _portal.SeedReductionsAsync(1))[0];
        await _portal.DoAsync(new TakeReduction(), ActorRef.System);
        var line = Assert.Single((await ReadAsync()).Troubled);
        Assert.Equal((OutboxKind.Reduction, round, 1), (line.Kind, line.Id, line.Attempts));

        await _portal.DoAsync(new RetryOutbox(OutboxKind.Reduction, round), _system.Ref);

        var order = await _portal.DoAsync(new TakeReduction(), ActorRef.System);
        // "Was sent" is what makes the dispatcher ask first.
        Assert.Equal((round, true), (order!.Id, order.WasSent));
    }

    [Fact]
    public async Task The_journal_keeps_the_last_run_of_a_job_and_how_often_it_failed_in_a_row()
    {
        var journal = _portal.Get<JobJournal>();
        var now = _portal.Clock.Now;
        await NoteAsync(0, null);
        await NoteAsync(2, null); // too soon after an equal one to be written down
        Assert.Equal(now, (await RowAsync()).EndedAt);
        await NoteAsync(4, "TimeoutException");
        await NoteAsync(40, "TimeoutException");
        var failing = await RowAsync();
        Assert.Equal((2, "TimeoutException", now), (failing.FaultCount, failing.Fault, failing.LastGoodAt));
        await NoteAsync(42, null);
        var good = await RowAsync();
        Assert.Equal((0, null, now.AddSeconds(42)), (good.FaultCount, good.Fault, good.LastGoodAt));

        var officer = await _portal.CreateOfficerAsync();
        Assert.Null(await _portal.Get<JobPages>().ReadAsync(officer.Ref, default));
        Assert.Null(await _portal.Get<OutboxPages>().ReadAsync(officer.Ref, default));

        Task NoteAsync(int seconds, string? fault) =>
            journal.NoteAsync(
                new JobRun("CasesJob", now.AddSeconds(seconds), now.AddSeconds(seconds), null, fault),
                default
            );

        async Task<JobRunRow> RowAsync() =>
            Assert.Single((await _portal.Get<JobPages>().ReadAsync(_system.Ref, default))!);
    }

    private async Task<OutboxView> ReadAsync() => (await _portal.Get<OutboxPages>().ReadAsync(_system.Ref, default))!;
}
