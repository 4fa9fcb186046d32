using AdminPortal.Data.Commands;
using AdminPortal.Data.Points;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Data.Outbox;

/// <summary>A round takes points off exactly once, whatever the gateway, the network and the process do (S0-18, S1-13).</summary>
public sealed class PointsTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData(PointsFault.LostOnTheWay, 2)]
    [InlineData(PointsFault.AnswerLost, 1)]
    [InlineData(PointsFault.Late, 1)]
    [InlineData(PointsFault.Twice, 1)]
    [InlineData(PointsFault.DiesBefore, 1)]
    [InlineData(PointsFault.DiesAfter, 1)]
    [Trait("Rule", "S1-13")]
    public async Task One_fault_and_the_point_is_still_taken_off_once_under_the_same_key(PointsFault fault, int asked)
    {
        var round = (await _portal.SeedReductionsAsync(1))[0];
        var faults = new Queue<PointsFault>([fault]);
        _portal.Points.Faults = _ => faults.TryDequeue(out var next) ? next : PointsFault.None;

        await DispatchUntilSettledAsync();

        Assert.Equal(asked, _portal.Points.Asked.Count);
        Assert.All(_portal.Points.Asked, r => Assert.Equal(round.ToString("N"), r.Key));
        Assert.Equal([round.ToString("N")], _portal.Points.Ledger.Keys);
        await AssertLedgersAgreeAsync();
    }

    [Fact]
    public async Task What_may_have_been_sent_is_asked_about_and_not_sent_again_before_its_time()
    {
        await _portal.SeedReductionsAsync(1);
        _portal.Points.Faults = request => request is null ? PointsFault.None : PointsFault.AnswerLost;
        var dispatcher = _portal.Get<PointsDispatcher>();

        Assert.Equal(1, await dispatcher.RunAsync(default));
        Assert.Equal(0, await dispatcher.RunAsync(default)); // the lease runs
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await dispatcher.RunAsync(default));

        Assert.Single(_portal.Points.Asked);
        Assert.Equal(1, _portal.Points.Queries);
        await AssertLedgersAgreeAsync();
    }

    [Fact]
    [Trait("Rule", "S0-18")]
    public async Task A_refusal_ends_the_round_gives_the_slot_back_and_tells_the_driver_why()
    {
        var round = (await _portal.SeedReductionsAsync(1))[0];
        _portal.Points.Faults = _ => PointsFault.Refused;

        await DispatchUntilSettledAsync();

        Assert.Empty(_portal.Points.Ledger);
        Assert.Equal("Void", await _portal.ScalarAsync<string>("SELECT state FROM rounds WHERE id = $1", round));
        Assert.Equal(
            "no_points",
            await _portal.ScalarAsync<string>("SELECT reason FROM reductions WHERE slot IS NULL")
        );
        Assert.Equal(["ReductionRefused"], await _portal.ColumnAsync<string>("SELECT template FROM messages"));
    }

    [Fact]
    public async Task Three_hundred_rounds_through_a_gateway_that_fails_three_times_in_ten_are_each_reduced_once()
    {
        await _portal.SeedReductionsAsync(300);
        var random = new Random(20260310);
        var gate = new Lock();
        PointsFault[] kinds =
        [
            PointsFault.LostOnTheWay,
            PointsFault.AnswerLost,
            PointsFault.Late,
            PointsFault.Twice,
            PointsFault.DiesBefore,
            PointsFault.DiesAfter,
        ];
        _portal.Points.Faults = _ =>
        {
            lock (gate)
            {
                return random.Next(10) < 3 ? kinds[random.Next(kinds.Length)] : PointsFault.None;
            }
        };

        // Two processes at once, each of which dies now and then and is started again.
        await DispatchUntilSettledAsync(processes: 2);

        Assert.Equal(300, _portal.Points.Ledger.Count);
        await AssertLedgersAgreeAsync();
        // The gateway never saw a key that is no round's, and every driver was told once.
        Assert.Equal(
            300,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM messages WHERE template = 'ReductionApplied'")
        );
        Assert.Equal(300, await _portal.ScalarAsync<long>("SELECT count(DISTINCT driver_id) FROM messages"));
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    public async Task A_naive_dispatcher_that_sends_again_under_a_new_key_would_take_points_off_twice()
    {
        // The control of the tests above: the ledger does tell two keys of one round apart.
        await _portal.SeedReductionsAsync(1);
        _portal.Points.Faults = request => request is null ? PointsFault.None : PointsFault.AnswerLost;
        var order = await _portal.DoAsync(new TakeReduction(), ActorRef.System);
        for (var i = 0; i < 2; i++)
        {
            await _portal.Points.ReduceAsync(new($"{order!.Id:N}/{i}", "990000", "渝A", 1, order.CycleStart), default);
        }
        Assert.Equal(2, _portal.Points.Ledger.Count);
    }

    /// <summary>Lets dispatchers run, die and start again, with the time that passes in between.</summary>
    private async Task DispatchUntilSettledAsync(int processes = 1)
    {
        var services = Enumerable.Range(0, processes).Select(_ => _portal.NewProcess()).ToList();
        for (
            var turn = 0;
            await _portal.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM reductions WHERE settled_at IS NULL)");
            turn++
        )
        {
            Assert.True(turn < 200, "The dispatchers do not come to an end.");
            await Race.RunAsync(
                processes,
                async i =>
                {
                    try
                    {
                        return await services[i].GetRequiredService<PointsDispatcher>().RunAsync(default);
                    }
                    catch (ProcessDiedException)
                    {
                        return 0;
                    }
                }
            );
            _portal.Clock.Advance(TimeSpan.FromMinutes(70));
        }
    }

    private async Task AssertLedgersAgreeAsync()
    {
        var local = await _portal.ColumnAsync<Guid>(
            "SELECT round_id FROM reductions WHERE state = 'Applied' AND settled_at IS NOT NULL"
        );
        Assert.Equal(_portal.Points.Ledger.Keys.Order(), local.Select(id => id.ToString("N")).Order());
        Assert.Equal(
            local.Count,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM rounds WHERE state = $1", $"{RoundState.Reduced}")
        );
    }
}
