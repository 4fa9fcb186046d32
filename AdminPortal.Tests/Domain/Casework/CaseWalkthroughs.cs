using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Casework;

public sealed class CaseWalkthroughs
{
    private static readonly DateTimeOffset OpenedAt = At("2026-03-04 10:00");
    private static readonly Period Term = new(3, PeriodUnit.WorkingDays, "S1-38");
    private static readonly byte[] DriverKey = [9, 9, 9];

    internal static Case Opened(string at = "2026-03-04 10:00") =>
        Case.Open(CaseId, CaseKind.ExamReview, "渝A", DriverId, AttemptId, Term, Calendar, Driver, At(at));

    [Fact]
    [Trait("Rule", "S1-38")]
    public void An_opened_case_waits_with_its_due_time_stamped()
    {
        var opened = Opened();

        Assert.Equal(
            (CaseId, CaseKind.ExamReview, "渝A", DriverId, AttemptId),
            (opened.Id, opened.Kind, opened.Authority, opened.DriverId, opened.SubjectId)
        );
        Assert.Equal(OpenedAt, opened.OpenedAt);
        Assert.Equal(At("2026-03-10 00:00"), opened.DueAt);
        Assert.Equal(Day("2026-03-09"), opened.DueOn);
        Assert.Null(opened.AwaitingYear);
        Assert.Null(opened.ProvisionalOn);
        Assert.Equal("S1-38", opened.DueRule);
        Assert.Equal(CaseState.Waiting, opened.State);
        Assert.True(opened.IsOpen);
        Assert.Equal(1, opened.Version);
        Assert.Null(opened.HolderId);
        Assert.Null(opened.LeaseUntil);
        Assert.Null(opened.DecidedAt);
        Assert.Equal(Deadline.Stamp(Term, OpenedAt, Calendar), opened.Due);
        ExpectStep(opened, 1, null, CaseAct.Open, CaseState.Waiting, OpenedAt, Driver, null);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_claim_gives_the_case_to_one_officer_for_half_an_hour()
    {
        var opened = Opened();
        var now = OpenedAt.AddHours(1);

        opened.Apply(CaseAct.Claim, Li, DriverKey, null, now).Value();

        Assert.Equal(CaseState.Claimed, opened.State);
        Assert.Equal(Li.Id, opened.HolderId);
        Assert.Equal("100001", opened.HolderName);
        Assert.Equal(now.AddMinutes(30), opened.LeaseUntil);
        Assert.False(opened.LeaseHasLapsed(now.AddMinutes(30).AddTicks(-1)));
        Assert.True(opened.LeaseHasLapsed(now.AddMinutes(30)));
        ExpectStep(opened, 2, CaseState.Waiting, CaseAct.Claim, CaseState.Claimed, now, Li, null);

        var refusal = opened.Apply(CaseAct.Claim, Wang, DriverKey, null, now.AddMinutes(1)).Reason();
        Assert.Equal(RefusalCode.CaseTaken, refusal.Code);
        Assert.Equal(["100001", now.AddMinutes(30)], refusal.Facts);
    }

    [Theory]
    [InlineData(CaseAct.Renew)]
    [InlineData(CaseAct.Note)]
    [Trait("Rule", "S1-38")]
    public void Going_on_working_renews_the_lease(CaseAct act)
    {
        var (opened, now) = Claimed();
        var later = now.AddMinutes(20);

        opened.Apply(act, Li, DriverKey, "  看过照片  ", later).Value();

        Assert.Equal(later.AddMinutes(30), opened.LeaseUntil);
        Assert.Equal(Li.Id, opened.HolderId);
        ExpectStep(opened, 3, CaseState.Claimed, act, CaseState.Claimed, later, Li, "看过照片");
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_holder_whose_lease_has_lapsed_may_renew_it_but_decide_nothing()
    {
        var (opened, now) = Claimed();
        var late = now.AddMinutes(30);

        foreach (var act in new[] { CaseAct.Uphold, CaseAct.Reject, CaseAct.Note, CaseAct.Release })
        {
            Assert.Equal(RefusalCode.LeaseLapsed, opened.Apply(act, Li, DriverKey, "理由", late).Reason().Code);
        }
        opened.Apply(CaseAct.Renew, Li, DriverKey, null, late).Value();
        Assert.True(opened.Apply(CaseAct.Uphold, Li, DriverKey, "理由", late).IsDone());
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_claim_over_a_lapsed_lease_records_the_lapse_and_then_the_claim()
    {
        var (opened, now) = Claimed();
        var late = now.AddMinutes(30);

        opened.Apply(CaseAct.Claim, Wang, DriverKey, null, late).Value();

        Assert.Equal(4, opened.Steps.Count);
        var lapse = opened.Steps[2];
        Assert.Equal(
            (3, CaseState.Claimed, CaseAct.Lapse, CaseState.Waiting, late, ActorKind.System, "system"),
            (lapse.Number, lapse.From, lapse.Act, lapse.To, lapse.At, lapse.ByKind, lapse.ByName)
        );
        ExpectStep(opened, 4, CaseState.Waiting, CaseAct.Claim, CaseState.Claimed, late, Wang, null);
        Assert.Equal(Wang.Id, opened.HolderId);
        Assert.Equal(late.AddMinutes(30), opened.LeaseUntil);
        // The officer before is told who has it now.
        var refusal = opened.Apply(CaseAct.Uphold, Li, DriverKey, "理由", late).Reason();
        Assert.Equal(RefusalCode.CaseTaken, refusal.Code);
        Assert.Equal("100002", refusal.Facts[0]);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void The_job_frees_a_case_whose_lease_has_lapsed()
    {
        var (opened, now) = Claimed();

        opened.Apply(CaseAct.Lapse, Actor.System, null, null, now.AddMinutes(30)).Value();

        ExpectFree(opened);
        ExpectStep(
            opened,
            3,
            CaseState.Claimed,
            CaseAct.Lapse,
            CaseState.Waiting,
            now.AddMinutes(30),
            Actor.System,
            null
        );
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_lease_that_still_runs_does_not_lapse()
    {
        var (opened, now) = Claimed();

        var refusal = opened.Apply(CaseAct.Lapse, Actor.System, null, null, now.AddMinutes(30).AddTicks(-1)).Reason();

        Assert.Equal(RefusalCode.CaseTaken, refusal.Code);
        Assert.Equal(["100001", now.AddMinutes(30)], refusal.Facts);
        Assert.Equal(Li.Id, opened.HolderId);
        Assert.Equal(2, opened.Steps.Count);
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public void Who_may_not_do_an_act_learns_nothing_about_the_case()
    {
        var waiting = Opened();
        var (claimed, now) = Claimed();
        var (decided, _) = Claimed();
        decided.Apply(CaseAct.Uphold, Li, DriverKey, "与证件照一致。", now).Value();
        Actor[] officers = [Li, Wang, Chief];
        Actor[] everybody =
        [
            .. officers,
            Auditor,
            Officer(5, "100005"),
            Driver,
            Actor.Operator,
            Actor.System,
            Actor.Anonymous,
        ];
        foreach (var act in Enum.GetValues<CaseAct>())
        {
            var may = act switch
            {
                CaseAct.Open or CaseAct.GiveEvidence => [Driver],
                CaseAct.Free or CaseAct.ConfirmUphold or CaseAct.Assign => [Chief],
                CaseAct.Lapse => [Actor.System],
                _ => officers,
            };
            foreach (var actor in everybody)
            {
                foreach (var opened in new[] { waiting, claimed, decided })
                {
                    foreach (var at in new[] { now.AddMinutes(1), now.AddDays(1) })
                    {
                        var refusal = opened.Check(act, actor, actor.PersonKey, at);

                        Assert.Equal(!may.Contains(actor), refusal?.Code == RefusalCode.NotPermitted);
                        if (refusal?.Code == RefusalCode.NotPermitted)
                        {
                            Assert.Null(refusal.Field);
                            Assert.Empty(refusal.Facts);
                        }
                    }
                }
            }
        }
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_released_or_freed_case_waits_again_without_a_holder()
    {
        var (released, now) = Claimed();
        released.Apply(CaseAct.Release, Li, DriverKey, null, now.AddMinutes(5)).Value();
        ExpectFree(released);
        Assert.True(released.Apply(CaseAct.Claim, Wang, DriverKey, null, now.AddMinutes(6)).IsDone());

        var (freed, _) = Claimed();
        freed.Apply(CaseAct.Free, Chief, DriverKey, "下班了", now.AddMinutes(5)).Value();
        ExpectFree(freed);
        ExpectStep(freed, 3, CaseState.Claimed, CaseAct.Free, CaseState.Waiting, now.AddMinutes(5), Chief, "下班了");
    }

    [Theory]
    [InlineData(CaseAct.Uphold, CaseState.Upheld)]
    [InlineData(CaseAct.Reject, CaseState.Rejected)]
    [Trait("Rule", "S1-38")]
    public void A_case_is_decided_once_and_a_second_decision_is_told_who_and_when(CaseAct act, CaseState state)
    {
        var (opened, now) = Claimed();
        var decided = now.AddMinutes(10);

        opened.Apply(act, Li, DriverKey, "  与证件照一致。  ", decided).Value();

        Assert.Equal(state, opened.State);
        Assert.False(opened.IsOpen);
        Assert.Equal(decided, opened.DecidedAt);
        Assert.Equal(Li.Id, opened.DeciderId);
        Assert.Null(opened.LeaseUntil);
        Assert.Equal(Li.Id, opened.HolderId);
        Assert.False(opened.LeaseHasLapsed(decided.AddDays(1)));
        ExpectStep(opened, 3, CaseState.Claimed, act, state, decided, Li, "与证件照一致。");
        foreach (var again in Enum.GetValues<CaseAct>())
        {
            // Each by somebody who has the permission; nobody else is told.
            var by = again switch
            {
                CaseAct.Open or CaseAct.GiveEvidence => Driver,
                CaseAct.Free or CaseAct.ConfirmUphold or CaseAct.Assign => Chief,
                CaseAct.Lapse => Actor.System,
                _ => Wang,
            };
            var refusal = opened.Apply(again, by, DriverKey, "理由", decided.AddHours(1)).Reason();
            Assert.Equal(RefusalCode.CaseDecided, refusal.Code);
            Assert.Equal(["100001", decided], refusal.Facts);
        }
        Assert.Equal(3, opened.Steps.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n")]
    [Trait("Rule", "N-33")]
    public void A_decision_and_a_note_say_why(string? reason)
    {
        foreach (var act in new[] { CaseAct.Uphold, CaseAct.Reject, CaseAct.Note })
        {
            var (opened, now) = Claimed();
            var refusal = opened.Apply(act, Li, DriverKey, reason, now).Reason();
            Assert.Equal((RefusalCode.ReasonRequired, "reason"), (refusal.Code, refusal.Field));
            Assert.Equal(2, opened.Steps.Count);
        }
        foreach (var act in new[] { CaseAct.Renew, CaseAct.Release })
        {
            var (opened, now) = Claimed();
            Assert.True(opened.Apply(act, Li, DriverKey, reason, now).IsDone());
        }
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public void A_reason_has_at_most_a_thousand_characters()
    {
        var (opened, now) = Claimed();

        var refusal = opened.Apply(CaseAct.Uphold, Li, DriverKey, new string('理', 1001), now).Reason();
        Assert.Equal((RefusalCode.FieldTooLong, "reason"), (refusal.Code, refusal.Field));
        Assert.Equal([1000], refusal.Facts);
        Assert.True(opened.Apply(CaseAct.Uphold, Li, DriverKey, new string('理', 1000), now).IsDone());
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public void Nobody_works_on_their_own_case()
    {
        var opened = Opened();

        Assert.Equal(RefusalCode.OwnCase, opened.Apply(CaseAct.Claim, Li, [1, 7, 7], null, OpenedAt).Reason().Code);
        Assert.True(opened.Apply(CaseAct.Claim, Wang, [1, 7, 7], null, OpenedAt).IsDone());
        // Found out later, the holder may not decide it either.
        Assert.Equal(
            RefusalCode.OwnCase,
            opened.Apply(CaseAct.Reject, Wang, [2, 7, 7], "理由", OpenedAt).Reason().Code
        );
        // Nor may a supervisor free it.
        Assert.Equal(RefusalCode.OwnCase, opened.Apply(CaseAct.Free, Chief, [3, 7, 7], null, OpenedAt).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public void Without_a_key_on_either_side_a_case_is_nobodys_own()
    {
        var keyless = Li with { PersonKey = null };

        Assert.Null(Opened().Check(CaseAct.Claim, keyless, DriverKey, OpenedAt));
        Assert.Null(Opened().Check(CaseAct.Claim, keyless, null, OpenedAt));
        Assert.Null(Opened().Check(CaseAct.Claim, keyless, [], OpenedAt));
        Assert.Null(Opened().Check(CaseAct.Claim, Li, null, OpenedAt));
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void The_buttons_are_drawn_from_the_same_check_that_enforces()
    {
        var (opened, now) = Claimed();
        foreach (var actor in new[] { Li, Wang, Chief, Auditor })
        {
            var permitted = opened.Permitted(actor, DriverKey, now);

            Assert.Equal(
                [
                    CaseAct.Claim,
                    CaseAct.Renew,
                    CaseAct.Note,
                    CaseAct.Release,
                    CaseAct.Free,
                    CaseAct.Uphold,
                    CaseAct.Reject,
                    CaseAct.HandOver,
                    CaseAct.Assign,
                    CaseAct.Escalate,
                    CaseAct.AskEvidence,
                    CaseAct.AskOpinion,
                    CaseAct.AdviseUphold,
                    CaseAct.AdviseReject,
                ],
                permitted.Select(act => act.Act)
            );
            Assert.All(
                permitted,
                act => Assert.Equal(opened.Check(act.Act, actor, DriverKey, now)?.Code, act.Refusal?.Code)
            );
        }
        Assert.Equal(
            [
                CaseAct.Renew,
                CaseAct.Note,
                CaseAct.Release,
                CaseAct.Uphold,
                CaseAct.Reject,
                CaseAct.HandOver,
                CaseAct.Escalate,
                CaseAct.AskEvidence,
                CaseAct.AskOpinion,
            ],
            opened.Permitted(Li, DriverKey, now).Where(act => act.Refusal is null).Select(act => act.Act)
        );
        Assert.Equal(
            [CaseAct.Free, CaseAct.Assign],
            opened.Permitted(Chief, DriverKey, now).Where(act => act.Refusal is null).Select(act => act.Act)
        );
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_due_date_that_awaits_its_calendar_is_stamped_once_the_year_is_published()
    {
        var opened = Opened("2026-12-29 10:00");
        Assert.Equal((null, null), (opened.DueAt, opened.DueOn));
        Assert.Equal(2027, opened.AwaitingYear);
        Assert.Equal(Day("2027-01-01"), opened.ProvisionalOn);
        Assert.Equal(2027, opened.Due.AwaitingYear);
        var due = opened.Due;
        Assert.False(opened.Restamp(Calendar));
        Assert.Equal(due, opened.Due);
        Assert.Equal(1, opened.Version);

        var published = Calendar.With(2027, [new CalendarDay(Day("2027-01-01"), "元旦", false)]);
        var version = opened.Version;
        Assert.True(opened.Restamp(published));

        Assert.Equal(At("2027-01-05 00:00"), opened.DueAt);
        Assert.Equal(Day("2027-01-04"), opened.DueOn);
        Assert.Null(opened.AwaitingYear);
        Assert.Null(opened.ProvisionalOn);
        Assert.Equal(version + 1, opened.Version);
        Assert.False(opened.Restamp(published));
        Assert.Equal(version + 1, opened.Version);
        Assert.Single(opened.Steps);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_due_date_that_crosses_two_unknown_years_awaits_the_second_once_the_first_is_published()
    {
        var term = Term with { Count = 270 };
        var opened = Case.Open(
            CaseId,
            CaseKind.ExamReview,
            "渝A",
            DriverId,
            AttemptId,
            term,
            Calendar,
            Driver,
            At("2026-12-29 10:00")
        );
        Assert.Equal(2027, opened.AwaitingYear);
        var first = Calendar.With(2027, [new CalendarDay(Day("2027-01-01"), "元旦", false)]);

        // Not stamped, but moved on: that change is one.
        Assert.False(opened.Restamp(first));
        Assert.Equal((2028, null, null), (opened.AwaitingYear, opened.DueAt, opened.DueOn));
        Assert.Equal(Deadline.Stamp(term, At("2026-12-29 10:00"), first).ProvisionalDay, opened.ProvisionalOn);
        Assert.Equal(2, opened.Version);

        // Asked again every night, it stays as it is.
        Assert.False(opened.Restamp(first));
        Assert.Equal(2, opened.Version);

        Assert.True(opened.Restamp(first.With(2028, [new CalendarDay(Day("2028-01-01"), "元旦", false)])));
        Assert.Null(opened.AwaitingYear);
        Assert.Equal(2028, opened.DueOn!.Value.Year);
        Assert.Equal(3, opened.Version);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_known_due_date_is_never_stamped_again()
    {
        var opened = Opened();

        Assert.False(opened.Restamp(Calendar.With(2027, [new CalendarDay(Day("2027-01-01"), "元旦", false)])));
        Assert.Equal(Day("2026-03-09"), opened.DueOn);
        Assert.Equal(1, opened.Version);
    }

    private static (Case Case, DateTimeOffset Now) Claimed()
    {
        var opened = Opened();
        var now = OpenedAt.AddHours(1);
        opened.Apply(CaseAct.Claim, Li, DriverKey, null, now).Value();
        return (opened, now);
    }

    private static void ExpectFree(Case opened)
    {
        Assert.Equal(CaseState.Waiting, opened.State);
        Assert.Null(opened.HolderId);
        Assert.Null(opened.HolderName);
        Assert.Null(opened.LeaseUntil);
    }

    private static void ExpectStep(
        Case opened,
        int number,
        CaseState? from,
        CaseAct act,
        CaseState to,
        DateTimeOffset at,
        Actor by,
        string? note
    )
    {
        var step = opened.Steps[^1];
        Assert.Equal((opened.Id, number, from, act, to), (step.CaseId, step.Number, step.From, step.Act, step.To));
        Assert.Equal((at, by.Kind, by.Id, by.Name, note), (step.At, step.ByKind, step.ById, step.ByName, step.Note));
        Assert.Equal(number, opened.Steps.Count);
        Assert.Equal(number, opened.Version);
    }
}
