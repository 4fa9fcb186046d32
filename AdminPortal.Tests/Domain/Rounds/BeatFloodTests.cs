using AdminPortal.Domain;
using AdminPortal.Domain.Rounds;
using Xunit.Abstractions;

namespace AdminPortal.Tests.Domain.Rounds;

/// <summary>
/// A million forged, reordered, replayed and parallel heartbeats credit nothing beyond the time that passed in study, and the
/// same million breaks every server that believes the client or forgets what it has seen.
/// </summary>
public sealed class BeatFloodTests(ITestOutputHelper output)
{
    private const int Beats = 1_000_000;
    private const int Seed = 20_260_304;

    [Fact]
    [Trait("Rule", "S1-29")]
    [Trait("Rule", "S1-39")]
    public void A_million_heartbeats_credit_nothing_beyond_the_time_that_passed() => Endure(Seed);

    [Fact]
    [Trait("Rule", "S1-29")]
    [Trait("Rule", "S1-39")]
    public void A_million_heartbeats_of_this_run_s_own_seed_credit_nothing_beyond_the_time_that_passed() =>
        Endure(Random.Shared.Next());

    /// <summary>Servers as they are often built. Each is given the same heartbeats and has to break the rule.</summary>
    [Theory]
    [InlineData("the client's clock")]
    [InlineData("no sequence")]
    [InlineData("a sequence that grows")]
    [InlineData("a clock of each device")]
    public void A_naive_server_credits_more_than_the_time_that_passed(string belief)
    {
        var flood = new BeatFlood(Seed);
        var naive = new NaiveStudy(belief, flood.Now);
        flood.Open();
        var credited = 0.0;
        for (var count = 1; count <= Beats / 10; count++)
        {
            var beat = flood.Next(count);
            Take(flood, beat);
            credited = naive.Take(beat, flood.Now);
        }
        output.WriteLine($"{credited:0} s credited of {flood.Visible.TotalSeconds:0} s");
        // Not by a second here and there: by a fifth and more.
        Assert.True(credited > flood.Visible.TotalSeconds * 1.2, $"{belief} held, so the flood is none.");
    }

    private void Endure(int seed)
    {
        output.WriteLine($"seed {seed}");
        var flood = new BeatFlood(seed);
        flood.Open();
        var (session, total, refused) = (flood.Session, 0, 0);
        for (var count = 1; count <= Beats; count++)
        {
            var beat = flood.Next(count);
            var isGood = flood.IsGood(beat.Ticket);
            var before = (session.Version, session.LastBeatAt, session.Ticket, session.PreviousTicket, session.IsOpen);
            switch (Take(flood, beat))
            {
                case Outcome<Beat>.Refused:
                    refused++;
                    Hold(
                        before
                            == (
                                session.Version,
                                session.LastBeatAt,
                                session.Ticket,
                                session.PreviousTicket,
                                session.IsOpen
                            ),
                        "what is refused changes nothing"
                    );
                    break;
                case Outcome<Beat>.Done { Value: var taken }:
                    Hold(taken.Credited >= 0, "the credit never goes back");
                    Hold(isGood || taken.Credited == 0, "only the one good ticket is worth time");
                    Hold(
                        taken.Credited <= StudySession.LongestGap.TotalSeconds,
                        "no more than the longest gap at once"
                    );
                    Hold(taken is { NewStretch: false } or { Credited: 0 }, "a long pause is worth nothing");
                    Hold(
                        taken.Credited == 0
                            || flood.Stretch.Seconds <= (flood.Now - flood.Stretch.StartedAt).TotalSeconds,
                        "a stretch is not longer than itself"
                    );
                    total += taken.Credited;
                    break;
            }
            Hold(total <= flood.Visible.TotalSeconds, "no more than the time that passed in study");

            void Hold(bool condition, string invariant)
            {
                if (!condition)
                {
                    Assert.Fail($"{invariant}: seed {seed}, heartbeat {count}, {beat}, {total} s of {flood.Visible}");
                }
            }
        }
        output.WriteLine(
            $"{Beats} heartbeats, {flood.Openings} openings, {refused} refused, {total} s credited of {flood.Visible.TotalSeconds:0.0} s"
        );
        // It was a flood, and honest time came through it all the same.
        Assert.InRange(refused, Beats / 10, Beats * 9 / 10);
        Assert.InRange(total, flood.Visible.TotalSeconds / 2, flood.Visible.TotalSeconds);
    }

    // As the act does it (TakeBeat), without the database.
    private static Outcome<Beat> Take(BeatFlood flood, FloodBeat beat)
    {
        var isGood = flood.IsGood(beat.Ticket);
        var next = flood.NextTicket();
        var outcome = flood.Session.Take(beat.Ticket, next, flood.Now);
        if (outcome is not Outcome<Beat>.Done { Value: var taken } || !isGood)
        {
            return outcome;
        }
        flood.Taken(next);
        if (taken.NewStretch)
        {
            flood.Continue();
        }
        else
        {
            flood.Stretch.Seconds += taken.Credited;
            flood.Stretch.LastBeatAt = flood.Now;
        }
        return outcome;
    }

    /// <summary>What the ticket is good for: the same study without it.</summary>
    private sealed class NaiveStudy(string belief, DateTimeOffset began)
    {
        private readonly Dictionary<int, DateTimeOffset> _devices = [];
        private DateTimeOffset _last = began;
        private int _sequence;
        private double _seconds;

        public double Take(FloodBeat beat, DateTimeOffset now)
        {
            switch (belief)
            {
                case "the client's clock":
                    _seconds += Gap(_last, beat.ClientClock);
                    _last = beat.ClientClock;
                    break;
                case "no sequence":
                    _seconds += StudySession.BeatEvery.TotalSeconds;
                    break;
                case "a sequence that grows":
                    if (beat.Sequence > _sequence)
                    {
                        _sequence = beat.Sequence;
                        _seconds += StudySession.BeatEvery.TotalSeconds;
                    }
                    break;
                default:
                    _seconds += _devices.TryGetValue(beat.Device, out var last) ? Gap(last, now) : 0;
                    _devices[beat.Device] = now;
                    break;
            }
            return _seconds;
        }

        private static double Gap(DateTimeOffset from, DateTimeOffset to) =>
            Math.Clamp((to - from).TotalSeconds, 0, StudySession.LongestGap.TotalSeconds);
    }
}
