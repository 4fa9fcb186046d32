using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Rounds;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Outages;

/// <summary>An outage is declared by one person, confirmed by another, and only when it is over.</summary>
public sealed class OutageTests
{
    private static readonly DateTimeOffset Now = At("2026-03-10 10:00");
    private static readonly Actor Other = Officer(5, "100005", Role.Supervisor);
    private static readonly OutageFacts Facts = new(
        ServicePart.Exam,
        Now.AddHours(-3),
        Now.AddHours(-1),
        ["渝A"],
        null,
        "考试服务器故障"
    );

    private static Outcome<Outage> Declare(OutageFacts facts, Actor? actor = null, byte[]? driver = null) =>
        Outage.Declare(Guid.NewGuid(), facts, driver, actor ?? Chief, Now);

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void One_declares_and_another_one_confirms_or_declines()
    {
        var outage = Declare(Facts).Value();
        Assert.Equal((OutageState.Declared, Chief.Id), (outage.State, outage.DeclaredById));
        Assert.Equal(RefusalCode.SecondPersonNeeded, outage.Confirm(null, Chief, Now).Reason().Code);
        Assert.Equal(RefusalCode.NotPermitted, outage.Confirm(null, Li, Now).Reason().Code);
        // Another account of the same person is the same person.
        var twin = Officer(9, "100009", Role.Supervisor) with
        {
            PersonKey = Chief.PersonKey,
        };
        Assert.Equal(RefusalCode.SecondPersonNeeded, outage.Confirm(null, twin, Now).Reason().Code);
        Assert.Equal(RefusalCode.FieldRequired, outage.Decline(" ", null, Other, Now).Reason().Code);
        outage.Confirm(null, Other, Now).Value();
        Assert.Equal((OutageState.Confirmed, Other.Name, Now), (outage.State, outage.CheckedByName, outage.CheckedAt));
        Assert.Equal(RefusalCode.CaseDecided, outage.Decline("?", null, Other, Now).Reason().Code);
        outage.Complete(Now);
        Assert.Throws<InvalidOperationException>(() => outage.Complete(Now));
        var declined = Declare(Facts).Value();
        declined.Decline("没有故障记录", null, Other, Now).Value();
        Assert.Equal((OutageState.Declined, "没有故障记录"), (declined.State, declined.DeclineReason));
        Assert.Throws<InvalidOperationException>(() => declined.Complete(Now));
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void Nobody_declares_or_confirms_one_that_is_for_themselves()
    {
        var alone = Facts with { DriverId = DriverId };
        Assert.Equal(RefusalCode.OwnCase, Declare(alone, driver: Chief.PersonKey).Reason().Code);
        var outage = Declare(alone, driver: [1]).Value();
        Assert.Equal(RefusalCode.OwnCase, outage.Confirm(Other.PersonKey, Other, Now).Reason().Code);
        Assert.Equal(RefusalCode.NotPermitted, Declare(Facts, Li).Reason().Code);
    }

    public static TheoryData<string, string, RefusalCode> Faults =>
        new()
        {
            { "no beginning", "from", RefusalCode.FieldRequired },
            { "no end", "to", RefusalCode.FieldRequired },
            { "too long ago", "from", RefusalCode.OutageTooLongAgo },
            { "no time at all", "to", RefusalCode.OutageEndsBeforeItBegins },
            { "not over", "to", RefusalCode.OutageNotOver },
            { "nowhere", "authorities", RefusalCode.FieldRequired },
            { "another authority", "authorities", RefusalCode.FieldRequired },
            { "no reason", "reason", RefusalCode.FieldRequired },
            { "a long reason", "reason", RefusalCode.FieldTooLong },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Rule", "D-OUTAGE-REACH")]
    public void What_cannot_be_declared_is_refused_on_its_field(string fault, string field, RefusalCode code)
    {
        var facts = fault switch
        {
            "no beginning" => Facts with { From = null },
            "no end" => Facts with { To = null },
            "too long ago" => Facts with { From = Now.AddDays(-30).AddTicks(-1) },
            "no time at all" => Facts with { To = Facts.From },
            "not over" => Facts with { To = Now.AddTicks(1) },
            "nowhere" => Facts with { Authorities = [] },
            "another authority" => Facts with { Authorities = ["渝A", "鄂A"] },
            "no reason" => Facts with { Reason = " " },
            _ => Facts with { Reason = new string('长', 201) },
        };
        var refused = Declare(facts).Reason();
        Assert.Equal((code, field), (refused.Code, refused.Field));
        Assert.True(Declare(Facts with { From = Now.AddDays(-30), To = Now }).IsDone());
    }

    [Fact]
    [Trait("Rule", "D-OUTAGE")]
    public void Each_part_stops_and_spoils_exactly_what_was_reviewed()
    {
        // Study, exam, resit, closing check, filing a review | exams with wrong answers, exams lost to a face | face checks.
        var reviewed = new Dictionary<ServicePart, string>
        {
            [ServicePart.FaceComparison] = "SERV- -N F",
            [ServicePart.Study] = "S---- -- -",
            [ServicePart.Exam] = "-ER-- FN -",
            [ServicePart.ReviewFiling] = "----R -- -",
            [ServicePart.Messages] = "SERVR -- -",
            [ServicePart.Everything] = "SERVR FN F",
        };
        foreach (var part in Enum.GetValues<ServicePart>())
        {
            var outage = Declare(Facts with { Part = part }).Value();
            var stops = Enum.GetValues<DeadlineKind>().Select(k => outage.Stops(k) ? $"{k}"[0] : '-');
            var spoils = Enum.GetValues<ExamState>().Where(outage.Spoils).ToList();
            Assert.Empty(spoils.Except([ExamState.Failed, ExamState.NotAccepted]));
            Assert.Equal(
                reviewed[part],
                $"{string.Concat(stops)} {(spoils.Contains(ExamState.Failed) ? 'F' : '-')}{(spoils.Contains(ExamState.NotAccepted) ? 'N' : '-')} {(outage.SpoilsFaces ? 'F' : '-')}"
            );
        }
    }
}
