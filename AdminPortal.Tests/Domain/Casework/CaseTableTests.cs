using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Casework;

/// <summary>State × act × role, held against the reviewed text file.</summary>
public sealed class CaseTableTests
{
    private static readonly DateTimeOffset Now = At("2026-03-04 11:00");
    private static readonly Actor Colleague = Officer(7, "100007", Role.Reviewer);
    private static readonly string[] States = ["Waiting", "Claimed", "Lapsed", "Upheld", "Rejected"];

    private static readonly (string Name, Actor Actor, bool Own)[] Columns =
    [
        ("officer", Wang, false),
        ("holder", Li, false),
        ("chief", Chief, false),
        ("own", Wang, true),
        ("ownholder", Li, true),
        ("auditor", Auditor, false),
        ("driver", Driver, false),
        ("operator", Actor.Operator, false),
        ("product", Actor.System, false),
        ("anonymous", Actor.Anonymous, false),
    ];

    [Fact]
    [Trait("Rule", "S1-38")]
    [Trait("Rule", "N-33")]
    public void Every_state_act_and_role_is_as_reviewed()
    {
        var found = States.SelectMany(state => Enum.GetValues<CaseAct>().Select(act => Row(state, act)));

        Assert.Equal(
            ExampleFile.Lines("Casework/table.txt"),
            found.ToArray(),
            (reviewed, actual) => Squeeze(reviewed) == Squeeze(actual)
        );
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_case_opens_as_waiting_by_its_driver_and_only_there()
    {
        var opening = Assert.Single(CaseTable.All, transition => transition.From is null);

        Assert.Equal(
            new CaseTransition(null, CaseAct.Open, CaseState.Waiting, Permission.ActAsDriver, CaseParty.Product),
            opening
        );
        foreach (var act in Enum.GetValues<CaseAct>())
        {
            Assert.Equal(act == CaseAct.Open ? opening : null, CaseTable.Find(null, act));
        }
    }

    [Theory]
    [InlineData(CaseAct.Open, Permission.ActAsDriver)]
    [InlineData(CaseAct.Claim, Permission.ClaimReviews)]
    [InlineData(CaseAct.Renew, Permission.ClaimReviews)]
    [InlineData(CaseAct.Note, Permission.ClaimReviews)]
    [InlineData(CaseAct.Release, Permission.ClaimReviews)]
    [InlineData(CaseAct.Free, Permission.FreeReviews)]
    [InlineData(CaseAct.Lapse, Permission.RunJobs)]
    [InlineData(CaseAct.Uphold, Permission.DecideReviews)]
    [InlineData(CaseAct.Reject, Permission.DecideReviews)]
    [InlineData(CaseAct.ProposeUphold, Permission.DecideReviews)]
    [InlineData(CaseAct.ConfirmUphold, Permission.ConfirmBlacklisting)]
    [InlineData(CaseAct.HandOver, Permission.ClaimReviews)]
    [InlineData(CaseAct.Assign, Permission.AssignReviews)]
    [InlineData(CaseAct.Escalate, Permission.ClaimReviews)]
    [InlineData(CaseAct.AskEvidence, Permission.DecideReviews)]
    [InlineData(CaseAct.GiveEvidence, Permission.ActAsDriver)]
    [InlineData(CaseAct.AskOpinion, Permission.ClaimReviews)]
    [InlineData(CaseAct.AdviseUphold, Permission.DecideReviews)]
    [InlineData(CaseAct.AdviseReject, Permission.DecideReviews)]
    [Trait("Rule", "N-33")]
    public void An_act_needs_one_permission_whatever_the_state(CaseAct act, Permission permission)
    {
        Assert.Equal(permission, CaseTable.PermissionOf(act));
        Assert.All(
            CaseTable.All.Where(transition => transition.Act == act),
            transition => Assert.Equal(permission, transition.Permission)
        );
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_case_is_open_until_it_is_decided()
    {
        Assert.True(CaseTable.IsOpen(CaseState.Waiting));
        Assert.True(CaseTable.IsOpen(CaseState.Claimed));
        Assert.False(CaseTable.IsOpen(CaseState.Upheld));
        Assert.False(CaseTable.IsOpen(CaseState.Rejected));
    }

    private static string Row(string state, CaseAct act)
    {
        var cells = Columns.Select(column => Cell(state, act, column.Actor, column.Own)).ToList();
        var reached = cells.Select(cell => cell.To).OfType<CaseState>().Distinct().ToList();
        Assert.True(reached.Count <= 1);
        var to = reached.Count == 0 ? "-" : $"{reached[0]}";
        return $"{state} {act} {to} {string.Join(' ', cells.Select(cell => cell.Text))}";
    }

    private static (string Text, CaseState? To) Cell(string state, CaseAct act, Actor actor, bool own)
    {
        var opened = Bring(state);
        var key = own ? actor.PersonKey : [9, 9, 9];
        var (before, steps, version) = (opened.State, opened.Steps.Count, opened.Version);

        var outcome = opened.Apply(act, actor, key, "核对过照片", Now, To(act), Evidence(act));

        if (outcome.IsDone())
        {
            Assert.Equal(actor.Id, opened.Steps[^1].ById);
            Assert.Equal(act, opened.Steps[^1].Act);
            return ("yes", opened.State);
        }
        Assert.Equal((before, steps, version), (opened.State, opened.Steps.Count, opened.Version));
        var text = outcome.Reason().Code switch
        {
            RefusalCode.NotPermitted => "forbidden",
            RefusalCode.CaseTaken => "taken",
            RefusalCode.CaseDecided => "decided",
            RefusalCode.LeaseLapsed => "lapsed",
            RefusalCode.OwnCase => "own",
            RefusalCode.NotYourCase => "nobody",
            RefusalCode.WrongState => "kind",
            RefusalCode.EvidenceNotAsked or RefusalCode.OpinionNotAsked => "unasked",
            var code => $"{code}",
        };
        return (text, null);
    }

    /// <summary>A case in a state; claimed ones are Li's, since an hour before where the lease has lapsed.</summary>
    private static Case Bring(string state)
    {
        var opened = CaseWalkthroughs.Opened();
        if (state != "Waiting")
        {
            opened
                .Apply(CaseAct.Claim, Li, null, null, state == "Lapsed" ? Now.AddMinutes(-30) : Now.AddMinutes(-10))
                .Value();
        }
        if (state is "Upheld" or "Rejected")
        {
            var decision = state == "Upheld" ? CaseAct.Uphold : CaseAct.Reject;
            opened.Apply(decision, Li, null, "核对过照片", Now.AddMinutes(-5)).Value();
        }
        return opened;
    }

    private static Actor? To(CaseAct act) => act is CaseAct.HandOver or CaseAct.Assign ? Colleague : null;

    private static Deadline? Evidence(CaseAct act) => act == CaseAct.AskEvidence ? TogetherTests.Evidence(Now) : null;

    private static string Squeeze(string line) =>
        string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
