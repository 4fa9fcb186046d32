using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Schemes;

namespace AdminPortal.Tests.Domain.Schemes;

/// <summary>Putting an authority under a scheme: when, which, and by whom.</summary>
[Trait("Rule", "D-ASSIGNMENT")]
public sealed class SchemeAssignmentTests
{
    private static readonly DateOnly Today = new(2026, 3, 10);
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);
    private static readonly Actor First = Administrator(1);
    private static readonly Actor Second = Administrator(2);
    private static readonly SchemePeriod[] Running = [new("S1", new DateOnly(2021, 9, 10), null)];

    [Theory]
    [InlineData("N", "2026-03-10", null)]
    [InlineData("N", "2026-03-11", null)]
    [InlineData("N", "2026-03-09", RefusalCode.AssignmentPast)]
    [InlineData("X", "2026-03-11", RefusalCode.AssignmentScheme)]
    [InlineData("S1", "2026-03-11", RefusalCode.AssignmentUnchanged)]
    public void It_begins_today_or_later_with_a_scheme_that_is_another(string scheme, string from, RefusalCode? code) =>
        Assert.Equal(code, Propose(scheme, from, Running).Code);

    [Theory]
    [InlineData("2026-03-10", RefusalCode.AssignmentTaken)] // begins today already
    [InlineData("2026-04-30", RefusalCode.AssignmentTaken)] // before the one that is planned
    [InlineData("2026-05-01", RefusalCode.AssignmentTaken)]
    [InlineData("2026-05-02", null)]
    public void Nothing_is_put_before_or_onto_what_is_planned(string from, RefusalCode? code)
    {
        SchemePeriod[] planned =
        [
            new("S1", Today, new DateOnly(2026, 4, 30)),
            new("S0", new DateOnly(2026, 5, 1), null),
        ];
        Assert.Equal(code, Propose("N", from, planned).Code);
    }

    [Theory]
    [InlineData("2026-06-30", RefusalCode.AssignmentTaken)]
    [InlineData("2026-07-01", null)]
    [InlineData("2026-08-01", null)] // open again after a time in which it was not
    public void An_end_that_was_laid_down_stands(string from, RefusalCode? code) =>
        Assert.Equal(code, Propose("S1", from, [new("S1", new DateOnly(2021, 9, 10), new DateOnly(2026, 6, 30))]).Code);

    [Theory]
    [InlineData("豫A", "郑州", null, null)]
    [InlineData("豫A", "郑州", "0371-12345", null)]
    [InlineData("豫a", "郑州", null, RefusalCode.AuthorityInvalid)]
    [InlineData("A豫", "郑州", null, RefusalCode.AuthorityInvalid)]
    [InlineData("豫A", " ", null, RefusalCode.FieldRequired)]
    [InlineData("豫A", "郑州", "打电话", RefusalCode.HotlineInvalid)]
    public void A_new_authority_has_a_code_a_name_and_a_number_that_dials(
        string code,
        string name,
        string? hotline,
        RefusalCode? refused
    ) => Assert.Equal(refused, Propose("S1", "2026-03-11", [], code, name, hotline).Code);

    [Fact]
    public void Another_person_confirms_also_seen_by_the_identity_number()
    {
        var proposal = Propose("N", "2026-03-11", Running).Value!;
        Assert.Equal(RefusalCode.SecondPersonNeeded, proposal.Check(First)?.Code);
        Assert.Equal(RefusalCode.SecondPersonNeeded, proposal.Check(Second with { PersonKey = [1] })?.Code);
        Assert.Equal(RefusalCode.NotPermitted, proposal.Check(Second with { Roles = [Role.Supervisor] })?.Code);
        Assert.IsType<Outcome<Unit>.Done>(proposal.Confirm(Running, SchemeCatalogue.Shipped, Second, Today, Now));
        Assert.Equal(RefusalCode.TextSettled, proposal.Check(Administrator(3))?.Code);
    }

    [Fact]
    public void What_is_confirmed_too_late_is_refused_and_can_be_declined()
    {
        var proposal = Propose("N", "2026-03-11", Running).Value!;
        var late = proposal.Confirm(Running, SchemeCatalogue.Shipped, Second, Today.AddDays(2), Now.AddDays(2));
        Assert.Equal(RefusalCode.AssignmentPast, ((Outcome<Unit>.Refused)late).Refusal.Code);
        var reasonless = proposal.Decline(" ", Second, Now.AddDays(2));
        Assert.Equal(RefusalCode.ReasonRequired, ((Outcome<Unit>.Refused)reasonless).Refusal.Code);
        Assert.IsType<Outcome<Unit>.Done>(proposal.Decline("日期已过。", Second, Now.AddDays(2)));
        Assert.Equal(AssignmentState.Declined, proposal.State);
    }

    private static Actor Administrator(byte key) =>
        new(ActorKind.Staff, Guid.NewGuid(), $"{key}", [Role.SystemAdministrator], [], [key]);

    private static (RefusalCode? Code, SchemeAssignment? Value) Propose(
        string scheme,
        string from,
        IReadOnlyList<SchemePeriod> running,
        string code = "渝A",
        string? name = null,
        string? hotline = null
    )
    {
        var outcome = SchemeAssignment.Propose(
            Guid.NewGuid(),
            code,
            name,
            hotline,
            scheme,
            DateOnly.ParseExact(from, "O", null),
            running,
            SchemeCatalogue.Shipped,
            First,
            Today,
            Now
        );
        return (
            (outcome as Outcome<SchemeAssignment>.Refused)?.Refusal.Code,
            (outcome as Outcome<SchemeAssignment>.Done)?.Value
        );
    }
}
