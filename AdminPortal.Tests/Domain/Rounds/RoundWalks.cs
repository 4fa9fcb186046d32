using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using FsCheck.Fluent;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Rounds;

/// <summary>
/// Random lives of rounds: any act at any time. What is kept, whatever happens; and the deadlines, counted here a second time
/// from the rulebook's table of differences and the written-out list of working days.
/// </summary>
public sealed class RoundWalks
{
    internal enum Try
    {
        Wait,
        Study,
        FileEnough,
        FileTooLittle,
        Start,
        Pass,
        Lose,
        PassVerification,
        FailVerification,
        FileReview,
        Uphold,
        Reject,
        Confirm,
        Refuse,
        Expire,
    }

    private static readonly HashSet<string> Rules = [.. ExampleFile.Lines("Schemes/rule-ids.txt")];

    // The acts that move a round on are drawn more often, so that walks reach its end.
    private static readonly FsCheck.Gen<Try> Tries = Gen.Frequency(
        (1, Gen.Elements(Enum.GetValues<Try>())),
        (
            2,
            Gen.Elements(
                Try.FileEnough,
                Try.Start,
                Try.Pass,
                Try.Lose,
                Try.FailVerification,
                Try.FileReview,
                Try.Reject,
                Try.Expire
            )
        )
    );

    private static readonly FsCheck.Gen<(Try, int)> Moves = Tries.SelectMany(
        act => Gen.Frequency((6, Gen.Choose(1, 300)), (2, Gen.Choose(300, 3000)), (1, Gen.Choose(3000, 20_000))),
        (act, minutes) => (act, minutes)
    );

    [Fact]
    [Trait("Rule", "S1-29")]
    [Trait("Rule", "S1-31")]
    [Trait("Rule", "N-n6")]
    public void A_round_keeps_its_record_and_its_deadlines_whatever_happens()
    {
        var reached = new HashSet<string>();
        Property.Holds(
            Property.Three(Gen.Elements("S0", "S1", "N"), Gen.Choose(0, 364).Zip(Gen.Choose(1, 60)), Moves.ArrayOf(40)),
            drawn =>
            {
                var (schemeId, (start, cycleLeft), moves) = drawn;
                var walk = new Walk(SchemeOf(schemeId), Day("2026-01-01").AddDays(start), cycleLeft);
                foreach (var (act, minutes) in moves)
                {
                    walk.Do(act, minutes);
                }
                reached.Add($"{walk.Round.State} {walk.Round.VoidReason}");
            },
            600
        );
        // The walks are worth nothing if they all end the same way.
        Assert.Contains("Reduced ", reached);
        // The blacklist ends a round in any state; the table of moves holds that (RoundTableTests).
        var reasons = Enum.GetValues<VoidReason>().Except([VoidReason.Blacklisted]);
        Assert.All(reasons, reason => Assert.Contains($"Void {reason}", reached));
    }

    private sealed class Walk
    {
        private readonly Scheme _scheme;
        private readonly DateTimeOffset _reset;
        private DateTimeOffset _now;
        private int _accepted = 1;

        public Walk(Scheme scheme, DateOnly start, int cycleLeft)
        {
            _scheme = scheme;
            _now = new DateTimeOffset(start.Year, start.Month, start.Day, 1, 0, 0, TimeSpan.Zero);
            var reset = start.AddDays(cycleLeft);
            _reset = new DateTimeOffset(reset.Year, reset.Month, reset.Day, 0, 0, 0, TimeSpan.FromHours(8));
            Round = Round.Open(
                RoundId,
                DriverId,
                "渝A",
                scheme,
                new PointsCycle(reset.AddYears(-1), reset),
                Calendar,
                _now,
                Lowest
            );
            Check();
        }

        public Round Round { get; }

        public void Do(Try act, int minutes)
        {
            _now = _now.AddMinutes(minutes);
            var from = Round.State;
            var version = Round.Version;
            var studied = Round.StudiedSeconds;
            var expected = Expected(act);
            Perform(act);
            if (expected is { } step)
            {
                _accepted++;
                Assert.Equal(step, Round.Steps[^1].Act);
                Assert.Equal(_now, Round.Steps[^1].At);
                Assert.Equal(RoundTableTests.Reviewed[(from, step)], Round.State);
                Assert.Equal(version + 1, Round.Version);
            }
            else
            {
                // Only study changes a round without a step, and only while it is studied.
                var studies = act == Try.Study && from == RoundState.Studying;
                Assert.Equal(studies ? version + 1 : version, Round.Version);
                Assert.Equal(studies ? studied + 15 : studied, Round.StudiedSeconds);
            }
            Check();
        }

        private RoundAct? Expected(Try act)
        {
            var inTime = Due() is not { } due || _now < due;
            var cycleOver = _now >= _reset;
            return (act, Round.State) switch
            {
                (Try.FileEnough, RoundState.Studying) when inTime && !cycleOver => RoundAct.FileCompletion,
                (Try.Start, RoundState.ExamOpen or RoundState.ResitOpen) when inTime && !cycleOver =>
                    RoundAct.StartExam,
                (Try.Pass, RoundState.Examining) when cycleOver => RoundAct.EndCycle,
                (Try.Pass, RoundState.Examining) => _scheme.Id == "S0"
                    ? RoundAct.PassWithoutVerification
                    : RoundAct.PassExam,
                (Try.Lose, RoundState.Examining or RoundState.Invalid) => Lost(),
                (Try.PassVerification, RoundState.Verifying) when cycleOver => RoundAct.EndCycle,
                (Try.PassVerification, RoundState.Verifying) => inTime
                    ? RoundAct.PassVerification
                    : RoundAct.FailVerification,
                (Try.FailVerification, RoundState.Verifying) => RoundAct.FailVerification,
                (Try.FileReview, RoundState.Invalid) when inTime && !cycleOver => RoundAct.FileReview,
                (Try.Uphold or Try.Reject, RoundState.UnderReview) when cycleOver => RoundAct.EndCycle,
                (Try.Uphold, RoundState.UnderReview) => RoundAct.UpholdReview,
                (Try.Reject, RoundState.UnderReview) => Starts() < 3
                    ? RoundAct.RejectReview
                    : RoundAct.RejectReviewFinally,
                (Try.Confirm, RoundState.Reducing) => RoundAct.ConfirmReduction,
                (Try.Refuse, RoundState.Reducing) => RoundAct.RefuseReduction,
                (
                    Try.Expire,
                    RoundState.Studying
                        or RoundState.ExamOpen
                        or RoundState.ResitOpen
                        or RoundState.Verifying
                        or RoundState.Invalid
                ) when cycleOver => RoundAct.EndCycle,
                (Try.Expire, RoundState.Studying) when !inTime => _scheme.Id == "S0"
                    ? RoundAct.FileCompletion
                    : RoundAct.RunOut,
                (Try.Expire, RoundState.ExamOpen or RoundState.ResitOpen) when !inTime => RoundAct.RunOut,
                (Try.Expire, RoundState.Verifying) when !inTime => RoundAct.FailVerification,
                (Try.Expire, RoundState.Invalid) when !inTime => Lost(),
                _ => null,
            };
        }

        private RoundAct Lost() => Starts() < 3 ? RoundAct.LoseAttempt : RoundAct.LoseLastAttempt;

        private int Starts() => Round.Steps.Count(step => step.Act == RoundAct.StartExam);

        private void Perform(Try act)
        {
            try
            {
                switch (act)
                {
                    case Try.Wait:
                        break;
                    case Try.Study:
                        Round.AddStudy(15);
                        break;
                    case Try.FileEnough:
                        Round.FileCompletion(1800, _scheme, Calendar, Driver, _now);
                        break;
                    case Try.FileTooLittle:
                        Round.FileCompletion(1799, _scheme, Calendar, Driver, _now);
                        break;
                    case Try.Start:
                        Round.StartExam(_scheme, Driver, _now);
                        break;
                    case Try.Pass:
                        Round.PassExam(_scheme, Calendar, _now);
                        break;
                    case Try.Lose:
                        Round.LoseAttempt("N-n2", _scheme, Calendar, ActorKind.Driver, _now);
                        break;
                    case Try.PassVerification:
                        Round.PassVerification(_scheme, Calendar, _now);
                        break;
                    case Try.FailVerification:
                        Round.FailVerification(_scheme, Calendar, ActorKind.Driver, _now);
                        break;
                    case Try.FileReview:
                        Round.FileReview(Driver, _now);
                        break;
                    case Try.Uphold:
                        Round.UpholdReview(_now);
                        break;
                    case Try.Reject:
                        Round.RejectReview(_scheme, Calendar, _now);
                        break;
                    case Try.Confirm:
                        Round.ConfirmReduction(_now);
                        break;
                    case Try.Refuse:
                        Round.RefuseReduction(_now);
                        break;
                    case Try.Expire:
                        Round.Expire(1800, _scheme, Calendar, _now);
                        break;
                }
            }
            catch (InvalidOperationException)
            {
                // A bug of the caller; that nothing changed is checked by Do.
            }
        }

        private void Check()
        {
            Assert.Equal(_accepted, Round.Steps.Count);
            Assert.Equal(Enumerable.Range(1, _accepted), Round.Steps.Select(step => step.Number));
            Assert.Equal(Round.State, Round.Steps[^1].To);
            Assert.Null(Round.Steps[0].From);
            Assert.All(
                Round.Steps.Zip(Round.Steps.Skip(1)),
                pair =>
                {
                    Assert.Equal(pair.First.To, pair.Second.From);
                    Assert.False(pair.First.To is RoundState.Reduced or RoundState.Void);
                    Assert.True(pair.First.At <= pair.Second.At);
                }
            );
            Assert.All(Round.Steps, step => Assert.Contains(step.Rule, Rules));
            Assert.InRange(Round.AttemptsUsed, 0, 3);
            Assert.Equal(Starts(), Round.AttemptsUsed);
            Assert.Equal(Round.State == RoundState.Void, Round.VoidReason is not null);
            Assert.Equal(Round.State is not (RoundState.Void or RoundState.Reduced), Round.IsOpen);
            Assert.InRange(Round.Deadlines.Count(deadline => deadline.ClosedAt is null), 0, 1);
            Assert.Equal(
                Enumerable.Range(1, Round.Deadlines.Count),
                Round.Deadlines.Select(deadline => deadline.Number)
            );
            Assert.Equal(
                Round.State
                    is RoundState.Studying
                        or RoundState.ExamOpen
                        or RoundState.ResitOpen
                        or RoundState.Verifying
                        or RoundState.Invalid,
                Round.Running is not null
            );
            if (Round.Running is { } running)
            {
                Assert.Equal(Due(), running.ExpiresAt);
                Assert.Equal(running.ExpiresAt is null ? 2027 : null, running.AwaitingYear);
                Assert.Equal(Round.Steps[^1].At, running.From);
            }
        }

        /// <summary>The running deadline, counted from the last step by the rulebook's table; null while it awaits its year.</summary>
        private DateTimeOffset? Due()
        {
            var from = Round.Steps[^1].At;
            var day = DateOnly.FromDateTime(from.ToOffset(TimeSpan.FromHours(8)).DateTime);
            return Round.State switch
            {
                RoundState.Studying => _scheme.Id switch
                {
                    "S0" => Oracle.EndOf(day.AddDays(2)),
                    "S1" => Oracle.EndOf(day.AddDays(3)),
                    "N" => Oracle.Nth(day.AddDays(2), 1) is { } rolled ? Oracle.EndOf(rolled) : null,
                    _ => throw new ArgumentException(_scheme.Id),
                },
                RoundState.ExamOpen => Oracle.Nth(day, 7) is { } seventh ? Oracle.EndOf(seventh) : null,
                _ => from.AddHours(24),
            };
        }
    }
}
