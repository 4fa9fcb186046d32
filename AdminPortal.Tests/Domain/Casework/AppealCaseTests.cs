using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Casework;

/// <summary>An appeal is upheld by two persons and decided once; held against the reviewed text file.</summary>
public sealed class AppealCaseTests
{
    private static readonly DateTimeOffset Now = At("2026-03-04 11:00");
    private static readonly byte[] DriverKey = [9, 9, 9];
    private static readonly Actor Both = Officer(5, "100005", Role.Reviewer, Role.Supervisor);
    private static readonly Actor Twin = Officer(6, "100006", Role.Supervisor) with { PersonKey = Both.PersonKey };

    private static readonly (string Name, Actor Actor)[] Columns =
    [
        ("reviewer", Wang),
        ("chief", Chief),
        ("proposer", Both),
        ("twin", Twin),
    ];

    [Fact]
    [Trait("Rule", "S1-40")]
    [Trait("Rule", "N-33")]
    public void Who_may_uphold_propose_confirm_and_reject_an_appeal_is_as_reviewed()
    {
        var found =
            from proposed in new[] { false, true }
            from act in new[] { CaseAct.Uphold, CaseAct.ProposeUphold, CaseAct.ConfirmUphold, CaseAct.Reject }
            select $"{(proposed ? "proposed" : "new")} {act} "
                + string.Join(' ', Columns.Select(column => Cell(proposed, act, column.Actor)));

        Assert.Equal(
            ExampleFile
                .Lines("Casework/appeals.txt")
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
            found
        );
    }

    [Fact]
    [Trait("Rule", "S1-40")]
    public void What_one_proposes_goes_back_to_the_queue_and_counts_only_when_another_one_confirms()
    {
        var appeal = Claimed(Li);
        Assert.Equal(CaseAct.ProposeUphold, appeal.UpholdAct);

        appeal.Apply(CaseAct.ProposeUphold, Li, DriverKey, "确为本人", Now).Value();

        Assert.Equal((CaseState.Waiting, true, null), (appeal.State, appeal.IsOpen, appeal.DecidedAt));
        Assert.Equal((Li.Id, Li.Name), (appeal.ProposedById, appeal.ProposedByName));
        Assert.Equal((null, null), (appeal.HolderId, appeal.LeaseUntil));
        Assert.Equal(CaseAct.ConfirmUphold, appeal.UpholdAct);

        appeal.Apply(CaseAct.Claim, Chief, DriverKey, null, Now).Value();
        appeal.Apply(CaseAct.ConfirmUphold, Chief, DriverKey, "材料属实", Now.AddMinutes(1)).Value();

        Assert.Equal((CaseState.Upheld, Chief.Id), (appeal.State, appeal.DeciderId));
        Assert.Equal(Now.AddMinutes(1), appeal.DecidedAt);
        Assert.Single(appeal.Steps, s => s.To is CaseState.Upheld or CaseState.Rejected);
    }

    [Theory]
    [InlineData(CaseAct.ProposeUphold)]
    [InlineData(CaseAct.Reject)]
    [Trait("Rule", "S1-40")]
    public void Neither_step_goes_without_a_reason(CaseAct act) =>
        Assert.Equal(RefusalCode.ReasonRequired, Claimed(Li).Apply(act, Li, DriverKey, " ", Now).Reason().Code);

    private static string Cell(bool proposed, CaseAct act, Actor actor)
    {
        var appeal = Claimed(proposed ? Both : actor);
        if (proposed)
        {
            appeal.Apply(CaseAct.ProposeUphold, Both, DriverKey, "确为本人", Now).Value();
            appeal.Apply(CaseAct.Claim, actor, DriverKey, null, Now).Value();
        }
        return appeal.Apply(act, actor, DriverKey, "理由", Now) is Outcome<Unit>.Refused { Refusal: var refusal }
            ? refusal.Code switch
            {
                RefusalCode.SecondPersonNeeded => "two",
                RefusalCode.NotPermitted => "forbidden",
                var code => $"{code}",
            }
            : $"{appeal.State}";
    }

    private static Case Claimed(Actor by)
    {
        var appeal = Case.Open(
            CaseId,
            CaseKind.Appeal,
            "渝A",
            DriverId,
            AttemptId,
            new Period(10, PeriodUnit.WorkingDays, "D-APPEAL"),
            Calendar,
            Driver,
            Now.AddHours(-1)
        );
        appeal.Apply(CaseAct.Claim, by, DriverKey, null, Now).Value();
        return appeal;
    }
}
