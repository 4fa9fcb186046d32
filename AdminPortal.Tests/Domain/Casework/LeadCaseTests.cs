using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Leads;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Casework;

/// <summary>A lead is worked like any case, asks nothing of its driver and is closed once; held against the reviewed text file.</summary>
public sealed class LeadCaseTests
{
    private static readonly DateTimeOffset Now = At("2026-03-04 11:00");
    private static readonly byte[] DriverKey = [9, 9, 9];
    private static readonly Actor Colleague = Officer(7, "100007", Role.Reviewer);

    private static readonly (Actor Actor, byte[] PersonKey)[] Columns =
    [
        (Li, DriverKey),
        (Chief, DriverKey),
        (Li, Li.PersonKey!),
    ];

    [Fact]
    [Trait("Rule", "S1-39")]
    [Trait("Rule", "N-33")]
    public void Who_may_do_what_with_a_lead_is_as_reviewed()
    {
        var acts = new[]
        {
            CaseAct.Note,
            CaseAct.Release,
            CaseAct.HandOver,
            CaseAct.Escalate,
            CaseAct.AskOpinion,
            CaseAct.AskEvidence,
            CaseAct.Uphold,
            CaseAct.ProposeUphold,
            CaseAct.ConfirmUphold,
            CaseAct.Reject,
        };
        var found = acts.Select(act =>
            $"{act} {string.Join(' ', Columns.Select(column => Cell(act, column.Actor, column.PersonKey)))}"
        );
        Assert.Equal(
            ExampleFile
                .Lines("Casework/leads.txt")
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
            found
        );
    }

    [Theory]
    [InlineData("S0")]
    [InlineData("S1")]
    [InlineData("N")]
    public void The_product_opens_it_under_a_target_of_the_house_and_with_the_number_of_the_lead(string scheme)
    {
        var lead = Found();
        var opened = lead.Open(SchemeOf(scheme), Calendar, Now);
        Assert.Equal((lead.Id, lead.Id, lead.Id), (opened.Id, opened.SubjectId, lead.CaseId));
        Assert.Equal((CaseKind.Lead, lead.DriverId, lead.Authority), (opened.Kind, opened.DriverId, opened.Authority));
        // Ten working days after Wednesday 4 March 2026.
        Assert.Equal((Day("2026-03-18"), "D-LEAD-TARGET", true), (opened.DueOn, opened.DueRule, opened.Due.IsTarget));
        Assert.Equal((CaseAct.Open, ActorKind.System), (opened.Steps[0].Act, opened.Steps[0].ByKind));
    }

    [Fact]
    public void Only_a_lead_keeps_its_driver_in_the_dark_and_only_an_appeal_takes_two()
    {
        foreach (var kind in Enum.GetValues<CaseKind>())
        {
            Assert.Equal(kind != CaseKind.Lead, CaseTable.TellsDriver(kind));
            Assert.Equal(kind == CaseKind.Appeal, CaseTable.NeedsTwo(kind));
        }
    }

    [Theory]
    [InlineData(CaseAct.Uphold)]
    [InlineData(CaseAct.Reject)]
    public void It_is_closed_with_words_and_once(CaseAct act)
    {
        var open = Claimed(Li);
        Assert.Equal(RefusalCode.ReasonRequired, open.Apply(act, Li, DriverKey, " ", Now).Reason().Code);
        open.Apply(act, Li, DriverKey, "家人共用设备。", Now).Value();
        foreach (var again in new[] { CaseAct.Uphold, CaseAct.Reject })
        {
            var refused = open.Apply(again, Li, DriverKey, "再来。", Now).Reason();
            Assert.Equal((RefusalCode.CaseDecided, Li.Name), (refused.Code, refused.Facts[0]));
        }
    }

    private static string Cell(CaseAct act, Actor actor, byte[] personKey)
    {
        var open = Claimed(actor);
        var to = act == CaseAct.HandOver ? Colleague : null;
        var until = act == CaseAct.AskEvidence ? TogetherTests.Evidence(Now) : null;
        return
            open.Apply(act, actor, personKey, "理由", Now, to, until) is Outcome<Unit>.Refused { Refusal: var refusal }
            ? refusal.Code switch
            {
                RefusalCode.NotPermitted => "forbidden",
                RefusalCode.DriverNotTold => "told",
                RefusalCode.WrongState => "kind",
                RefusalCode.OwnCase => "own",
                var code => $"{code}",
            }
            : $"{open.State}";
    }

    private static Case Claimed(Actor by)
    {
        var open = Found().Open(S1, Calendar, Now.AddHours(-1));
        open.Apply(CaseAct.Claim, by, DriverKey, null, Now).Value();
        return open;
    }

    private static Lead Found() =>
        Lead.Find(
            CaseId,
            LeadKind.AnswerTime,
            AttemptId,
            DriverId,
            "渝A",
            RoundId,
            new LeadEvidence([new LeadFigure(LeadMeasure.QuickAnswers, 12, 10)], []),
            Now
        );
}
