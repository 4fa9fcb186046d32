using AdminPortal.Data.Gateways;
using AdminPortal.Data.Messages;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Data.Outbox;

/// <summary>What was written in an act's transaction is delivered, under one key for ever, whatever happens to the process.</summary>
public sealed class MessageTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S1-22")]
    public async Task An_approval_goes_out_by_SMS_to_the_confirmed_number_and_to_the_app()
    {
        var driver = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(driver);

        Assert.Equal(2, await _portal.Get<MessageDispatcher>().RunAsync(default));

        var sms = Assert.Single(_portal.Messages.Sent, m => m.Channel == MessageChannel.Sms);
        Assert.Equal(driver.Person.Mobile, sms.Recipient);
        var app = Assert.Single(_portal.Messages.Sent, m => m.Channel == MessageChannel.App);
        Assert.Equal(driver.Id.ToString("N"), app.Recipient);
        Assert.Equal(sms.Text, app.Text);
        Assert.Equal(0, await _portal.Get<MessageDispatcher>().RunAsync(default));
    }

    [Fact]
    public async Task A_gateway_that_is_down_gets_the_message_later_under_the_same_key()
    {
        await _portal.ApplyAsync(await _portal.ImportDriverAsync());
        _portal.Messages.Behaviour = _ => Delivery.TryLater;
        await _portal.Get<MessageDispatcher>().RunAsync(default);
        await _portal.Get<MessageDispatcher>().RunAsync(default);
        Assert.Equal(2, _portal.Messages.Sent.Count); // it waits, and does not hammer
        _portal.Messages.Behaviour = _ => Delivery.Accepted;
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));

        await _portal.Get<MessageDispatcher>().RunAsync(default);

        Assert.Equal(4, _portal.Messages.Sent.Count);
        Assert.Equal(2, _portal.Messages.Sent.Select(m => m.Key).Distinct().Count());
        Assert.Equal(
            2,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM message_deliveries WHERE state = 'Sent'")
        );
    }

    [Fact]
    public async Task A_message_that_will_never_be_taken_is_not_repeated()
    {
        await _portal.ApplyAsync(await _portal.ImportDriverAsync());
        _portal.Messages.Behaviour = m => m.Channel == MessageChannel.Sms ? Delivery.Refused : Delivery.Accepted;
        await _portal.Get<MessageDispatcher>().RunAsync(default);
        _portal.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await _portal.Get<MessageDispatcher>().RunAsync(default));
        Assert.Equal(
            1,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM message_deliveries WHERE state = 'Refused'")
        );
    }

    [Fact]
    public async Task A_dispatcher_killed_between_taking_and_settling_is_resumed_under_the_same_key()
    {
        await _portal.ApplyAsync(await _portal.ImportDriverAsync());
        _portal.Messages.Behaviour = _ => throw new ProcessDiedException();
        await Assert.ThrowsAsync<ProcessDiedException>(() => _portal.Get<MessageDispatcher>().RunAsync(default));
        var key = Assert.Single(_portal.Messages.Sent).Key;
        _portal.Messages.Behaviour = _ => Delivery.Accepted;
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(2, await _portal.NewProcess().GetRequiredService<MessageDispatcher>().RunAsync(default));

        Assert.Equal(2, _portal.Messages.Sent.Count(m => m.Key == key));
        Assert.Equal(2, _portal.Messages.Sent.Select(m => m.Key).Distinct().Count());
    }

    [Fact]
    public async Task Two_dispatchers_at_once_send_each_of_six_hundred_deliveries_and_lose_none_in_thirty_per_cent_of_faults()
    {
        await _portal.SeedReductionsAsync(300);
        await _portal.Get<AdminPortal.Data.Points.PointsDispatcher>().RunAsync(default);
        var random = new Random(20260310);
        var gate = new Lock();
        var accepted = new List<string>();
        _portal.Messages.Behaviour = message =>
        {
            lock (gate)
            {
                var luck = random.Next(10);
                if (luck > 0)
                {
                    accepted.Add(message.Key); // the gateway has it, whatever the answer becomes
                }
                return luck switch
                {
                    0 or 1 => Delivery.TryLater,
                    2 => throw new ProcessDiedException(),
                    _ => Delivery.Accepted,
                };
            }
        };
        var processes = new[] { _portal.NewProcess(), _portal.NewProcess() };
        for (var turn = 0; await OpenAsync() > 0; turn++)
        {
            Assert.True(turn < 300, "The dispatchers do not come to an end.");
            await Race.RunAsync(
                2,
                async i =>
                {
                    try
                    {
                        return await processes[i].GetRequiredService<MessageDispatcher>().RunAsync(default);
                    }
                    catch (ProcessDiedException)
                    {
                        return 0;
                    }
                }
            );
            _portal.Clock.Advance(TimeSpan.FromMinutes(70));
        }

        // Nothing lost, and no message under a key that is not its delivery's.
        var deliveries = await _portal.ColumnAsync<Guid>("SELECT id FROM message_deliveries WHERE state = 'Sent'");
        Assert.Equal(600, deliveries.Count);
        Assert.Equal(deliveries.Select(id => id.ToString("N")).Order(), accepted.Distinct().Order());
        Assert.All(
            _portal.Messages.Sent.GroupBy(m => m.Key),
            sent => Assert.Single(sent.Select(m => (m.Recipient, m.Text)).Distinct())
        );
    }

    private Task<long> OpenAsync() =>
        _portal.ScalarAsync<long>("SELECT count(*) FROM message_deliveries WHERE settled_at IS NULL");
}
