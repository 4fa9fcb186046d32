using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Casework;

/// <summary>Officers with each other and with the driver: who may be given a case, what is asked, and that no clock moves.</summary>
public sealed class TogetherTests
{
    private static readonly DateTimeOffset Now = At("2026-03-04 11:00");
    private static readonly byte[] DriverKey = [9, 9, 9];
    private static readonly Actor Colleague = Officer(7, "100007", Role.Reviewer);

    /// <summary>Until when a driver may answer who is asked now.</summary>
    internal static Deadline Evidence(DateTimeOffset now) => Deadline.Stamp(S1.EvidenceTerm, now, Calendar);

    [Fact]
    [Trait("Rule", "D-ASSIGNED")]
    public void A_case_handed_over_is_the_colleagues_for_four_hours_with_both_names_in_the_record()
    {
        var held = Claimed();
        held.Apply(CaseAct.HandOver, Li, DriverKey, "休假", Now, Colleague).Value();

        Assert.Equal((CaseState.Claimed, Colleague.Id, Colleague.Name), (held.State, held.HolderId, held.HolderName));
        Assert.Equal(Now.AddHours(4), held.LeaseUntil);
        Assert.Equal((Li.Name, Colleague.Name), (held.Steps[^1].ByName, held.Steps[^1].ToName));
        Assert.Equal(RefusalCode.CaseTaken, held.Apply(CaseAct.Note, Li, DriverKey, "x", Now).Reason().Code);
        held.Apply(CaseAct.Uphold, Colleague, DriverKey, "照片一致", Now.AddHours(3)).Value();
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public void It_is_passed_to_nobody_who_could_not_take_it_themselves()
    {
        var held = Claimed();
        var elsewhere = Officer(8, "100008", Role.Reviewer) with { Authorities = ["鄂A"] };
        var related = Officer(9, "100009", Role.Reviewer) with { PersonKey = DriverKey };

        Assert.Equal(RefusalCode.OfficerCannotTake, Passed(Auditor));
        Assert.Equal(RefusalCode.OfficerCannotTake, Passed(elsewhere));
        Assert.Equal(RefusalCode.OfficerCannotTake, Passed(related));
        Assert.Equal(RefusalCode.CaseTheirs, Passed(Li));
        Assert.Equal(Li.Id, held.HolderId);

        RefusalCode Passed(Actor to) => held.Apply(CaseAct.HandOver, Li, DriverKey, "休假", Now, to).Reason().Code;
    }

    [Fact]
    public void An_escalated_case_is_the_supervisors_until_one_of_them_assigns_it()
    {
        var held = Claimed();
        held.Apply(CaseAct.Escalate, Li, DriverKey, "疑难", Now).Value();

        Assert.Equal((CaseState.Waiting, Now), (held.State, held.EscalatedAt));
        Assert.Equal(RefusalCode.CaseEscalated, held.Apply(CaseAct.Claim, Wang, DriverKey, null, Now).Reason().Code);
        held.Apply(CaseAct.Claim, Chief, DriverKey, null, Now).Value();
        Assert.Equal(
            RefusalCode.OfficerCannotTake,
            held.Apply(CaseAct.HandOver, Chief, DriverKey, "理由", Now, Wang).Reason().Code
        );

        held.Apply(CaseAct.Assign, Chief, DriverKey, "请你办理", Now, Wang).Value();

        Assert.Null(held.EscalatedAt);
        held.Apply(CaseAct.Reject, Wang, DriverKey, "非本人", Now).Value();
    }

    [Fact]
    [Trait("Rule", "D-EVIDENCE")]
    [Trait("Rule", "S1-38")]
    public void Asking_the_driver_lets_the_case_go_and_moves_no_clock()
    {
        var held = Claimed();
        var due = held.DueAt;
        held.Apply(CaseAct.AskEvidence, Li, DriverKey, "请补交照片", Now, evidence: Evidence(Now)).Value();

        Assert.Equal((CaseState.Waiting, null, due), (held.State, held.HolderId, held.DueAt));
        Assert.True(held.AwaitsEvidence(Now.AddHours(24).AddTicks(-1)));
        Assert.False(held.AwaitsEvidence(Now.AddHours(24)));
        Assert.True(held.TakesEvidence);

        // Late is not too late: it counts until the case is decided.
        held.Apply(CaseAct.GiveEvidence, Driver, null, "见照片", Now.AddHours(25)).Value();

        Assert.Equal((CaseState.Waiting, Now.AddHours(25), due), (held.State, held.EvidenceGivenAt, held.DueAt));
        Assert.Equal(
            RefusalCode.EvidenceNotAsked,
            held.Apply(CaseAct.GiveEvidence, Driver, null, "再补", Now.AddHours(26)).Reason().Code
        );
    }

    [Fact]
    [Trait("Rule", "D-EVIDENCE")]
    public void The_driver_is_asked_once_in_time_and_only_the_driver_answers()
    {
        var held = Claimed();
        var lateNow = held.DueAt!.Value.AddHours(-23);
        Assert.Equal(
            RefusalCode.EvidenceTooLate,
            Claimed(lateNow.AddMinutes(-1))
                .Apply(CaseAct.AskEvidence, Li, DriverKey, "请补交", lateNow, evidence: Evidence(lateNow))
                .Reason()
                .Code
        );
        held.Apply(CaseAct.AskEvidence, Li, DriverKey, "请补交", Now, evidence: Evidence(Now)).Value();
        held.Apply(CaseAct.Claim, Li, DriverKey, null, Now).Value();
        Assert.Equal(
            RefusalCode.EvidenceAskedOnce,
            held.Apply(CaseAct.AskEvidence, Li, DriverKey, "再补", Now, evidence: Evidence(Now)).Reason().Code
        );
        Assert.Equal(
            RefusalCode.NotYourCase,
            held.Apply(CaseAct.GiveEvidence, Actor.Driver(Guid.NewGuid()), null, "x", Now).Reason().Code
        );
        // What arrives while an officer works on it does not take it out of their hands.
        held.Apply(CaseAct.GiveEvidence, Driver, null, "见照片", Now).Value();
        Assert.Equal((CaseState.Claimed, Li.Id), (held.State, held.HolderId));
    }

    [Fact]
    public void A_second_opinion_is_another_officers_and_leaves_the_decision_where_it_is()
    {
        var held = Claimed();
        Assert.Equal(RefusalCode.OpinionNotAsked, Advise(Wang));
        held.Apply(CaseAct.AskOpinion, Li, DriverKey, "是否同一人？", Now).Value();
        Assert.Equal(RefusalCode.OpinionAsked, Code(CaseAct.AskOpinion, Li));
        Assert.Equal(RefusalCode.SecondPersonNeeded, Advise(Li));

        held.Apply(CaseAct.AdviseReject, Wang, DriverKey, "不像", Now).Value();

        Assert.Equal((CaseState.Claimed, Li.Id, null), (held.State, held.HolderId, held.OpinionAskedAt));
        Assert.Equal(RefusalCode.OpinionNotAsked, Advise(Wang));
        held.Apply(CaseAct.Uphold, Li, DriverKey, "照片一致", Now).Value();

        RefusalCode Advise(Actor by) => Code(CaseAct.AdviseUphold, by);
        RefusalCode Code(CaseAct act, Actor by) => held.Apply(act, by, DriverKey, "理由", Now).Reason().Code;
    }

    [Theory]
    [InlineData(CaseAct.Release)]
    [InlineData(CaseAct.HandOver)]
    public void A_question_to_the_colleagues_goes_with_its_holder(CaseAct leave)
    {
        var held = Claimed();
        held.Apply(CaseAct.AskOpinion, Li, DriverKey, "是否同一人？", Now).Value();
        held.Apply(leave, Li, DriverKey, "休假", Now, Colleague).Value();
        Assert.Null(held.OpinionAskedAt);
    }

    [Theory]
    [InlineData(CaseAct.HandOver)]
    [InlineData(CaseAct.Escalate)]
    [InlineData(CaseAct.AskEvidence)]
    [InlineData(CaseAct.AskOpinion)]
    [Trait("Rule", "N-33")]
    public void Every_way_to_the_others_says_why(CaseAct act) =>
        Assert.Equal(
            RefusalCode.ReasonRequired,
            Claimed().Apply(act, Li, DriverKey, "  ", Now, Colleague, Evidence(Now)).Reason().Code
        );

    private static Case Claimed(DateTimeOffset? at = null)
    {
        var opened = CaseWalkthroughs.Opened();
        opened.Apply(CaseAct.Claim, Li, DriverKey, null, at ?? Now).Value();
        return opened;
    }
}
