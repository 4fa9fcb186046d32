using AdminPortal.Domain.Access;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Access;

public sealed class PermissionTests
{
    [Fact]
    [Trait("Rule", "N-33")]
    public void Every_role_may_do_exactly_what_was_reviewed()
    {
        Actor[] actors =
        [
            Officer(1, "100001", Role.Reviewer),
            Officer(2, "100002", Role.Supervisor),
            Officer(3, "100003", Role.Auditor),
            Officer(4, "100004", Role.QuestionEditor),
            Driver,
            Actor.Operator,
            Actor.System,
            Actor.Anonymous,
        ];

        var found = Enum.GetValues<Permission>()
            .Select(permission =>
                $"{permission} {string.Join(' ', actors.Select(actor => actor.May(permission) ? "yes" : "-"))}"
            );

        Assert.Equal(
            ExampleFile
                .Lines("Access/permissions.txt")
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
            found
        );
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public void An_officer_without_a_role_may_do_nothing_and_one_with_two_may_do_what_either_may()
    {
        var none = Officer(1, "100001");
        var both = Officer(2, "100002", Role.Reviewer, Role.Supervisor);

        foreach (var permission in Enum.GetValues<Permission>())
        {
            Assert.False(none.May(permission));
            Assert.Equal(
                Permissions.Allows(Role.Reviewer, permission) || Permissions.Allows(Role.Supervisor, permission),
                both.May(permission)
            );
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, Role.Reviewer)]
    [InlineData(true, Role.Supervisor)]
    [InlineData(true, Role.Auditor)]
    [InlineData(true, Role.QuestionEditor)]
    [InlineData(true, Role.Reviewer, Role.Supervisor)]
    [InlineData(true, Role.Reviewer, Role.QuestionEditor)]
    [InlineData(false, Role.QuestionEditor, Role.Auditor)]
    [InlineData(false, Role.Reviewer, Role.Auditor)]
    [InlineData(false, Role.Supervisor, Role.Auditor)]
    [InlineData(false, Role.Reviewer, Role.Supervisor, Role.Auditor)]
    [Trait("Rule", "N-33")]
    public void The_auditor_holds_no_other_role(bool together, params Role[] roles) =>
        Assert.Equal(together, Permissions.MayBeHeldTogether(roles));

    [Fact]
    [Trait("Rule", "N-33")]
    public void The_product_and_its_operator_have_no_person_behind_them()
    {
        Assert.All(
            new[] { Actor.System, Actor.Operator, Actor.Anonymous },
            actor =>
            {
                Assert.Equal(Guid.Empty, actor.Id);
                Assert.Empty(actor.Roles);
                Assert.Empty(actor.Authorities);
                Assert.Null(actor.PersonKey);
            }
        );
        Assert.Equal(
            ("system", "operator", "anonymous", "driver"),
            (Actor.System.Name, Actor.Operator.Name, Actor.Anonymous.Name, Driver.Name)
        );
        Assert.Equal((ActorKind.Driver, DriverId), (Driver.Kind, Driver.Id));
    }
}
