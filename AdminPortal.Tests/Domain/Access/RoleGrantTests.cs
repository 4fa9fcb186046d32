using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Access;

public sealed class RoleGrantTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);
    private static readonly Actor First = Officer(11, "100011", Role.SecurityAdministrator);
    private static readonly Actor Second = Officer(12, "100012", Role.SecurityAdministrator);

    [Fact]
    public void What_confirms_for_others_and_every_administrator_takes_two_persons()
    {
        Assert.Equal([Role.Reviewer], Enum.GetValues<Role>().Where(role => !Permissions.NeedsSecondPerson(role)));
    }

    [Fact]
    public void One_proposes_another_confirms()
    {
        var grant = Proposed();
        Assert.Equal(
            (RoleGrantState.Proposed, "100011", "新任领导", Role.Supervisor),
            (grant.State, grant.ProposedByName, grant.Reason, grant.Role)
        );
        Assert.Null(grant.Check(Li.PersonKey, Second));
        Assert.IsType<Outcome<Unit>.Done>(grant.Confirm(Li.PersonKey, Second, Now.AddHours(1)));
        Assert.Equal((RoleGrantState.Confirmed, "100012"), (grant.State, grant.CheckedByName));
        Assert.Equal(RefusalCode.CaseDecided, grant.Check(Li.PersonKey, Second)!.Code);
    }

    [Fact]
    public void Neither_the_proposer_nor_who_gets_the_role_confirms_whatever_their_account()
    {
        var grant = Proposed();
        Assert.Equal(RefusalCode.SecondPersonNeeded, grant.Check(Li.PersonKey, First)!.Code);
        Assert.Equal(
            RefusalCode.SecondPersonNeeded,
            grant.Check(Li.PersonKey, Second with { PersonKey = First.PersonKey })!.Code
        );
        Assert.Equal(RefusalCode.OwnAccount, grant.Check(Li.PersonKey, Second with { PersonKey = Li.PersonKey })!.Code);
        Assert.Equal(RefusalCode.OwnAccount, grant.Check(null, Second with { Id = Li.Id })!.Code);
        Assert.Equal(RefusalCode.NotPermitted, grant.Check(Li.PersonKey, Chief)!.Code);
        Assert.Equal(RefusalCode.SecondPersonNeeded, Code(grant.Confirm(Li.PersonKey, First, Now)));
        Assert.Equal(RoleGrantState.Proposed, grant.State);
    }

    [Fact]
    public void Nobody_proposes_for_themselves_or_without_a_reason()
    {
        Assert.Equal(RefusalCode.OwnAccount, Code(Propose(First, First.Id, null, "理由")));
        Assert.Equal(RefusalCode.OwnAccount, Code(Propose(First, Guid.NewGuid(), First.PersonKey, "理由")));
        Assert.Equal(RefusalCode.ReasonRequired, Code(Propose(First, Li.Id, Li.PersonKey, " ")));
        Assert.Equal(
            RefusalCode.FieldTooLong,
            Code(Propose(First, Li.Id, Li.PersonKey, new string('长', RoleGrant.TextLimit + 1)))
        );
        Assert.Equal(RefusalCode.NotPermitted, Code(Propose(Chief, Li.Id, Li.PersonKey, "理由")));
    }

    [Fact]
    public void To_decline_takes_a_reason()
    {
        var grant = Proposed();
        Assert.Equal(RefusalCode.ReasonRequired, Code(grant.Decline(" ", Li.PersonKey, Second, Now)));
        Assert.IsType<Outcome<Unit>.Done>(grant.Decline(" 未经批准 ", Li.PersonKey, Second, Now));
        Assert.Equal((RoleGrantState.Declined, "未经批准"), (grant.State, grant.DeclineReason));
    }

    [Fact]
    public void The_state_of_an_account_is_the_first_thing_that_keeps_its_person_out()
    {
        Assert.Equal(AccountState.Closed, StaffAccounts.StateOf(false, true, true, Now.AddMinutes(1), Now));
        Assert.Equal(AccountState.Dormant, StaffAccounts.StateOf(true, true, true, Now.AddMinutes(1), Now));
        Assert.Equal(AccountState.Invited, StaffAccounts.StateOf(true, false, true, Now.AddMinutes(1), Now));
        Assert.Equal(AccountState.Locked, StaffAccounts.StateOf(true, false, false, Now.AddMinutes(1), Now));
        Assert.Equal(AccountState.Active, StaffAccounts.StateOf(true, false, false, Now, Now));
        Assert.Equal(AccountState.Active, StaffAccounts.StateOf(true, false, false, null, Now));
    }

    private static RoleGrant Proposed() =>
        ((Outcome<RoleGrant>.Done)Propose(First, Li.Id, Li.PersonKey, " 新任领导 ")).Value;

    private static Outcome<RoleGrant> Propose(Actor actor, Guid staff, byte[]? person, string reason) =>
        RoleGrant.Propose(Guid.NewGuid(), staff, person, Role.Supervisor, reason, actor, Now);

    private static RefusalCode? Code<T>(Outcome<T> outcome) => (outcome as Outcome<T>.Refused)?.Refusal.Code;
}
