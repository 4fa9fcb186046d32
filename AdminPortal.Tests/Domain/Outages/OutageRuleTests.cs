using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using FsCheck.Fluent;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Outages;

/// <summary>What an outage took is given back: only in the driver's favour, and once (complaint C2, D-OUTAGE).</summary>
public sealed class OutageRuleTests
{
    private static readonly DateTimeOffset Opened = At("2026-03-10 08:00");
    private static readonly DateTimeOffset Studied = At("2026-03-10 09:00");

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void A_lost_exam_does_not_count_and_its_window_begins_anew()
    {
        var world = new World(S1);
        world.LoseExam(At("2026-03-10 10:00"), ExamState.Failed);
        Assert.Equal((RoundState.ResitOpen, 1), (world.Round.State, world.Round.AttemptsUsed));

        var effect = world.Suffer(ServicePart.Exam, "2026-03-10 09:59", "2026-03-10 10:30", "2026-03-10 15:00");

        Assert.Equal((1, RoundAct.ReopenExam), (effect.Voided, effect.Act));
        Assert.Equal((RoundState.ExamOpen, 0), (world.Round.State, world.Round.AttemptsUsed));
        Assert.Equal((ExamState.Annulled, 0), (world.Attempts[0].State, world.Attempts[0].Number));
        Assert.Equal((DeadlineKind.Exam, Day("2026-03-19")), (world.Round.Running!.Kind, world.Round.Running.LastDay));
        var step = world.Round.Steps[^1];
        Assert.Equal((ActorKind.Staff, "D-OUTAGE", world.Last!.Id), (step.By, step.Rule, step.OutageId));
        // The same outage a second time, and another one over it, find nothing more.
        Assert.False(world.Again().IsAny);
        Assert.False(
            world.Suffer(ServicePart.Everything, "2026-03-10 09:00", "2026-03-10 11:00", "2026-03-10 16:00").IsAny
        );
    }

    [Theory]
    [InlineData(ServicePart.FaceComparison, ExamState.Failed, false)] // wrong answers are not the camera's fault
    [InlineData(ServicePart.FaceComparison, ExamState.NotAccepted, true)]
    [InlineData(ServicePart.Exam, ExamState.NotAccepted, true)]
    [InlineData(ServicePart.Study, ExamState.Failed, false)]
    [InlineData(ServicePart.Messages, ExamState.Failed, false)]
    [InlineData(ServicePart.Everything, ExamState.Failed, true)]
    [Trait("Rule", "D-OUTAGE")]
    public void Only_what_failed_can_have_taken_an_exam(ServicePart part, ExamState lost, bool voided)
    {
        var world = new World(S1);
        world.LoseExam(At("2026-03-10 10:00"), lost);
        var effect = world.Suffer(part, "2026-03-10 09:00", "2026-03-10 11:00", "2026-03-10 15:00");
        Assert.Equal(voided ? 1 : 0, effect.Voided);
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void An_exam_before_or_after_the_outage_counts()
    {
        var world = new World(S1);
        world.LoseExam(At("2026-03-10 10:00"), ExamState.Failed); // from 10:00 to 10:10
        Assert.Equal(
            0,
            world.Suffer(ServicePart.Exam, "2026-03-10 09:00", "2026-03-10 10:00", "2026-03-10 15:00").Voided
        );
        Assert.Equal(
            0,
            world.Suffer(ServicePart.Exam, "2026-03-10 10:10", "2026-03-10 11:00", "2026-03-10 15:00").Voided
        );
        Assert.Equal(
            1,
            world.Suffer(ServicePart.Exam, "2026-03-10 10:09", "2026-03-10 11:00", "2026-03-10 15:00").Voided
        );
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void An_earlier_attempt_is_given_back_without_disturbing_the_resit_window()
    {
        var world = new World(S1);
        world.LoseExam(At("2026-03-10 10:00"), ExamState.Failed);
        world.LoseExam(At("2026-03-10 12:00"), ExamState.Failed);
        var until = world.Round.Running!.ExpiresAt;

        var effect = world.Suffer(ServicePart.Exam, "2026-03-10 09:50", "2026-03-10 10:05", "2026-03-10 15:00");

        Assert.Equal((1, RoundAct.FreeAttempt), (effect.Voided, effect.Act));
        Assert.Equal((RoundState.ResitOpen, 1), (world.Round.State, world.Round.AttemptsUsed));
        Assert.Equal([0, 1], world.Attempts.Select(a => a.Number));
        Assert.Equal(until, world.Round.Running!.ExpiresAt);
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE-DECIDED")]
    public void What_an_officer_reviews_or_has_reviewed_stands()
    {
        var world = new World(N);
        world.LoseExam(At("2026-03-10 10:00"), ExamState.NotAccepted);
        world.Contested.Add(world.Attempts[0].Id);
        world.Round.FileReview(Driver, At("2026-03-10 11:00")).Value();
        world.Round.RejectReview(N, Calendar, At("2026-03-10 12:00"));

        var effect = world.Suffer(ServicePart.Everything, "2026-03-10 09:50", "2026-03-10 10:30", "2026-03-10 15:00");

        Assert.Equal((0, OutageLeft.WithOfficer), (effect.Voided, effect.Left));
        Assert.Equal((RoundState.ResitOpen, 1), (world.Round.State, world.Round.AttemptsUsed));
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE-DECIDED")]
    public void While_an_officer_looks_at_the_failed_check_of_a_passed_exam_nothing_of_it_changes()
    {
        var world = new World(S1);
        world.PassExam(At("2026-03-10 10:00"));
        world.FailClosingCheck(At("2026-03-10 10:20"));
        world.Contested.Add(world.Attempts[0].Id);
        world.Round.FileReview(Driver, At("2026-03-10 10:30")).Value();
        var effect = world.Suffer(
            ServicePart.FaceComparison,
            "2026-03-10 10:10",
            "2026-03-10 10:30",
            "2026-03-10 11:00"
        );
        Assert.Equal((false, OutageLeft.WithOfficer), (effect.IsAny, effect.Left));
        Assert.Equal((RoundState.UnderReview, ExamState.Invalid), (world.Round.State, world.Attempts[0].State));
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE-ENDED")]
    public void A_round_that_ended_by_it_goes_on_unless_something_came_after_it()
    {
        foreach (var mayReopen in new[] { true, false })
        {
            var world = new World(S1) { MayReopen = mayReopen };
            world.LoseExam(At("2026-03-10 10:00"), ExamState.Failed);
            world.LoseExam(At("2026-03-10 11:00"), ExamState.Failed);
            world.LoseExam(At("2026-03-10 12:00"), ExamState.Failed);
            Assert.Equal(VoidReason.AttemptsUsedUp, world.Round.VoidReason);

            var effect = world.Suffer(ServicePart.Exam, "2026-03-10 12:05", "2026-03-10 12:30", "2026-03-11 15:00");

            // The attempt does not count either way.
            Assert.Equal((1, 2), (effect.Voided, world.Round.AttemptsUsed));
            if (mayReopen)
            {
                Assert.Equal((RoundAct.ReopenResit, null), (effect.Act, effect.Left));
                Assert.Equal((RoundState.ResitOpen, null), (world.Round.State, world.Round.VoidReason));
                Assert.Equal(At("2026-03-12 15:00"), world.Round.Running!.ExpiresAt);
                Assert.Equal("D-OUTAGE-ENDED", world.Round.Steps[^1].Rule);
            }
            else
            {
                Assert.Equal((RoundAct.FreeAttempt, OutageLeft.RoundEnded), (effect.Act, effect.Left));
                Assert.Equal((RoundState.Void, null), (world.Round.State, world.Round.Running));
            }
        }
    }

    [Theory]
    [InlineData(ServicePart.Exam, "2026-03-11 09:00", true)]
    [InlineData(ServicePart.Messages, "2026-03-11 09:00", true)]
    [InlineData(ServicePart.Study, "2026-03-11 09:00", false)]
    [InlineData(ServicePart.Exam, "2026-03-11 10:11", false)] // the window was over
    [Trait("Rule", "D-OUTAGE-ENDED")]
    public void A_resit_window_that_ran_out_in_an_outage_begins_anew(ServicePart part, string from, bool reopened)
    {
        var world = new World(S1);
        world.LoseExam(At("2026-03-10 10:00"), ExamState.Failed);
        Assert.True(world.Round.Expire(1800, S1, Calendar, At("2026-03-11 10:10")));

        var effect = world.Suffer(part, from, "2026-03-11 12:00", "2026-03-11 15:00");

        Assert.Equal(reopened ? RoundAct.ReopenResit : null, effect.Act);
        Assert.Equal(reopened ? At("2026-03-12 15:00") : null, world.Round.Running?.ExpiresAt);
        Assert.Equal(1, world.Round.AttemptsUsed);
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void Nothing_is_reopened_after_the_end_of_the_cycle_or_for_another_end()
    {
        var late = new World(S1);
        late.LoseExam(At("2026-03-10 10:00"), ExamState.Failed);
        late.Round.Expire(1800, S1, Calendar, At("2026-06-15 00:00"));
        Assert.Equal(VoidReason.CycleEnded, late.Round.VoidReason);
        Assert.Equal(
            RoundAct.FreeAttempt,
            late.Suffer(ServicePart.Exam, "2026-03-10 09:00", "2026-03-10 11:00", "2026-06-16 10:00").Act
        );
        Assert.Equal(RoundState.Void, late.Round.State);
        var barred = new World(S1);
        barred.Round.Blacklist(At("2026-03-10 12:00"));
        Assert.False(
            barred.Suffer(ServicePart.Everything, "2026-03-10 09:00", "2026-03-10 13:00", "2026-03-10 14:00").IsAny
        );
    }

    [Theory]
    [InlineData("2026-03-10 10:10", "2026-03-10 10:30", true)] // the check failed in it
    [InlineData("2026-03-10 10:00", "2026-03-10 10:15", false)] // the check failed after it
    [Trait("Rule", "D-OUTAGE")]
    [Trait("Rule", "S1-36")]
    public void A_passed_exam_keeps_its_pass_and_its_closing_check_may_be_made_again(string from, string to, bool again)
    {
        var world = new World(S1);
        world.PassExam(At("2026-03-10 10:00")); // passed at 10:10
        world.FailClosingCheck(At("2026-03-10 10:20"));

        var effect = world.Suffer(ServicePart.FaceComparison, from, to, "2026-03-10 11:00");

        Assert.Equal(0, effect.Voided);
        Assert.Equal(again ? RoundState.Verifying : RoundState.Invalid, world.Round.State);
        Assert.Equal(again ? ExamState.Closing : ExamState.Invalid, world.Attempts[0].State);
        Assert.Equal(1, world.Round.AttemptsUsed);
        Assert.Equal(again ? 3 : 0, effect.Discounted.Count);
        if (again)
        {
            Assert.Equal(At("2026-03-11 11:00"), world.Round.Running!.ExpiresAt);
        }
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void Study_that_a_check_took_in_the_outage_counts_again_and_no_other()
    {
        var world = new World(N, study: false);
        var (inside, outside) = (Guid.NewGuid(), Guid.NewGuid());
        world.Tries.Add(new(inside, FaceOutcome.Mismatch, At("2026-03-10 09:30")));
        world.Tries.Add(new(Guid.NewGuid(), FaceOutcome.Match, At("2026-03-10 09:31")));
        world.Tries.Add(new(outside, FaceOutcome.NoFace, At("2026-03-10 11:00")));
        world.Stretches.AddRange([Lost(inside, 600), Lost(outside, 700)]);

        var effect = world.Suffer(
            ServicePart.FaceComparison,
            "2026-03-10 09:30",
            "2026-03-10 11:00",
            "2026-03-10 12:00"
        );

        Assert.Equal(600, effect.SecondsRestored);
        Assert.Equal([inside], effect.Discounted);
        Assert.Equal(
            (600, 0),
            (
                StudyCredit.Seconds(world.Stretches, N),
                world.Stretches.Count(s => s is { VoidedBy: null, Confirmed: false })
            )
        );
        // And the window is a day longer: the Saturday, which rolls on to the Monday (N-36).
        Assert.Equal((RoundAct.ExtendWindow, Day("2026-03-16")), (effect.Act, effect.After!.LastDay));
        Assert.Equal(Day("2026-03-13"), effect.Before!.LastDay);

        StudyStretch Lost(Guid check, int seconds) =>
            new()
            {
                Id = Guid.NewGuid(),
                RoundId = RoundId,
                StartedAt = Studied,
                LastBeatAt = Studied.AddSeconds(seconds),
                Seconds = seconds,
                VoidedBy = "S1-35",
                VoidedByCheck = check,
            };
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    [Trait("Rule", "D-LATE-NOTICE")]
    public void An_end_that_was_put_off_moves_on_from_there_and_an_awaited_one_stays_awaited()
    {
        var round = OpenRound(S1, At("2026-12-27 10:00"), new(Day("2026-06-15"), Day("2027-06-15")));
        round.FileCompletion(1800, S1, Calendar, Driver, At("2026-12-28 10:00")).Value();
        Assert.Equal(2027, round.Running!.AwaitingYear);
        Standstill[] stills = [new(At("2026-12-29 10:00"), At("2026-12-29 11:00"))];
        Assert.True(round.ExtendRunning(S1.ExamWindow, stills, Calendar, Guid.NewGuid(), At("2026-12-30 10:00")));
        Assert.Equal(2027, round.Running!.AwaitingYear);
        var published = Calendar.With(2027, [new CalendarDay(Day("2027-01-01"), "元旦", false)]);
        // The notice comes late: nobody could know a date that has passed.
        Assert.True(round.RestampRunning(S1.ExamWindow, published, At("2027-01-20 10:00")));
        Assert.Equal(Day("2027-01-21"), round.Running.LastDay);
        // A further outage adds its own day to that.
        stills = [.. stills, new(At("2027-01-20 12:00"), At("2027-01-21 13:00"))];
        Assert.True(round.ExtendRunning(S1.ExamWindow, stills, published, Guid.NewGuid(), At("2027-01-21 14:00")));
        Assert.Equal(Day("2027-01-22"), round.Running.LastDay);
        Assert.False(round.ExtendRunning(S1.ExamWindow, stills, published, Guid.NewGuid(), At("2027-01-21 15:00")));
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void Whatever_fails_and_however_often_no_driver_is_ever_worse_off()
    {
        var lives = Gen.Choose(0, 5).ArrayOf(6);
        var outages = (
            from part in Gen.Elements(Enum.GetValues<ServicePart>())
            from begin in Gen.Choose(0, 4_000)
            from length in Gen.Choose(1, 1_500)
            select (part, begin, length)
        ).ArrayOf(4);
        var hit = 0;
        Property.Holds(
            Property.Three(Gen.Elements("S0", "S1", "N"), lives, outages),
            sample =>
            {
                var (scheme, life, failures) = sample;
                var world = World.Lived(SchemeOf(scheme), life);
                foreach (var (part, begin, length) in failures)
                {
                    var (from, to) = (Opened.AddMinutes(begin), Opened.AddMinutes(begin + length));
                    var now = to > world.Now ? to : world.Now;
                    var before = world.Picture();
                    var effect = world.Suffer(part, from, to, now);
                    var after = world.Picture();
                    hit += effect.IsAny ? 1 : 0;
                    Assert.True(after.Used <= before.Used);
                    Assert.Equal(before.Used - effect.Voided, after.Used);
                    Assert.True(after.Credit >= before.Credit);
                    Assert.True(after.Passed >= before.Passed);
                    Assert.False(before.IsOpen && !after.IsOpen);
                    if (before.Window == after.Window && before.Window is not null)
                    {
                        Assert.True(after.End >= before.End);
                    }
                    if (OutageRule.MustWait(before.State) || OutageRule.IsPast(before.State))
                    {
                        Assert.Equal(before, after);
                    }
                    // Once: a second time nothing is left to do.
                    Assert.False(world.Again().IsAny);
                    Assert.Equal(after, world.Picture());
                    Assert.All(world.Attempts.Where(a => a.OutageId is not null), a => Assert.Equal(0, a.Number));
                    Assert.Equal(
                        Enumerable.Range(1, world.Round.AttemptsUsed),
                        world.Attempts.Select(a => a.Number).Where(n => n > 0).Order()
                    );
                }
            }
        );
        // The property says something: outages did hit.
        Assert.True(hit > 100, $"{hit}");
    }

    /// <summary>A round with its attempts, and every outage there was.</summary>
    private sealed class World
    {
        private readonly List<Outage> _known = [];
        private readonly Scheme _scheme;

        public World(Scheme scheme, bool study = true)
        {
            _scheme = scheme;
            Now = Opened;
            Round = OpenRound(scheme, Opened);
            if (study)
            {
                Now = Studied;
                Round.FileCompletion(1800, scheme, Calendar, Driver, Studied).Value();
            }
        }

        public Round Round { get; }
        public List<ExamAttempt> Attempts { get; } = [];
        public List<StudyStretch> Stretches { get; } = [];
        public List<FaceTryFact> Tries { get; } = [];
        public HashSet<Guid> Contested { get; } = [];
        public bool MayReopen { get; init; } = true;
        public DateTimeOffset Now { get; private set; }
        public Outage? Last { get; private set; }

        /// <summary>A random course: exams passed and lost, checks failed, windows that ran out.</summary>
        public static World Lived(Scheme scheme, int[] life)
        {
            var world = new World(scheme, study: life[0] != 5);
            foreach (var (what, number) in life.Select((what, number) => (what, number)))
            {
                var at = Opened.AddHours(2 + 7 * number);
                if (!world.Round.MayStartExam(at).IsDone() && what != 4)
                {
                    continue;
                }
                switch (what)
                {
                    case 0 or 1:
                        world.LoseExam(at, what == 0 ? ExamState.Failed : ExamState.NotAccepted);
                        break;
                    case 2:
                        world.PassExam(at);
                        if (world.Round.State == RoundState.Verifying)
                        {
                            world.FailClosingCheck(at.AddMinutes(20));
                        }
                        break;
                    case 3:
                        world.PassExam(at);
                        break;
                    default:
                        world.Round.Expire(0, scheme, Calendar, at.AddDays(1));
                        break;
                }
                world.Now = at.AddDays(1);
            }
            return world;
        }

        public void LoseExam(DateTimeOffset at, ExamState how)
        {
            var attempt = Begin(at);
            var end = at.AddMinutes(10);
            if (how == ExamState.NotAccepted)
            {
                attempt.NotAccept(end);
                Round.NotAcceptExam(_scheme, Calendar, ActorKind.Driver, end);
                return;
            }
            AnswerAll(attempt, end, right: false);
            Assert.Equal(how, attempt.State);
            Round.LoseAttempt(_scheme.PassMark.Rule, _scheme, Calendar, ActorKind.Driver, end);
        }

        public void PassExam(DateTimeOffset at)
        {
            var attempt = Begin(at);
            AnswerAll(attempt, at.AddMinutes(10), right: true);
            Round.PassExam(_scheme, Calendar, at.AddMinutes(10));
        }

        public void FailClosingCheck(DateTimeOffset at)
        {
            Attempts[^1].Invalidate(at);
            for (var i = 3; i > 0; i--)
            {
                Tries.Add(new(Guid.NewGuid(), FaceOutcome.NoFace, i == 1 ? at : at.AddSeconds(-i)));
            }
            Round.FailVerification(_scheme, Calendar, ActorKind.Driver, at);
        }

        public OutageEffect Suffer(ServicePart part, string from, string to, string now) =>
            Suffer(part, At(from), At(to), At(now));

        public OutageEffect Suffer(ServicePart part, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
        {
            Now = now;
            // Declared while its span is in reach; reckoned when it is.
            var at = now - from < Outage.Reach ? now : to;
            Last = Outage
                .Declare(Guid.NewGuid(), new OutageFacts(part, from, to, ["渝A"], null, "?"), null, Chief, at)
                .Value();
            _known.Add(Last);
            return Again();
        }

        public OutageEffect Again()
        {
            var effect = OutageRule.Apply(
                Last!,
                new OutageCase(Round, Attempts, Stretches, Tries, Contested, MayReopen),
                _known,
                _scheme,
                Calendar,
                Now
            );
            Tries.RemoveAll(t => effect.Discounted.Contains(t.Id));
            return effect;
        }

        public (
            int Used,
            int Credit,
            int Passed,
            bool IsOpen,
            DeadlineKind? Window,
            DateTimeOffset? End,
            RoundState State
        ) Picture() =>
            (
                Round.AttemptsUsed,
                StudyCredit.Seconds(Stretches, _scheme),
                Attempts.Count(a =>
                    a.State is ExamState.Passed or ExamState.Closing or ExamState.Running && a.Number > 0
                ),
                Round.IsOpen,
                Round.Running?.Kind,
                Round.Running?.ExpiresAt,
                Round.State
            );

        private ExamAttempt Begin(DateTimeOffset at)
        {
            var attempt = ExamAttempt.Open(Guid.NewGuid(), RoundId, DriverId, _scheme, Lowest, at);
            Round.StartExam(_scheme, Driver, at).Value();
            attempt.Start(Round.AttemptsUsed, _scheme, at);
            Attempts.Add(attempt);
            return attempt;
        }

        private void AnswerAll(ExamAttempt attempt, DateTimeOffset at, bool right)
        {
            while (attempt.State is ExamState.Running or ExamState.Paused)
            {
                if (attempt.State == ExamState.Paused)
                {
                    attempt.Resume(_scheme, at);
                    continue;
                }
                attempt.Answer(
                    attempt.Ordinal,
                    [right ? 0 : 1],
                    Item(attempt.Ordinal),
                    Question(number: attempt.Ordinal),
                    _scheme,
                    at
                );
            }
        }
    }
}
