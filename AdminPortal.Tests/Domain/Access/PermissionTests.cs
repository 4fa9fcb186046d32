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
            Officer(4, "100004", Role.SystemAdministrator),
            Officer(5, "100005", Role.SecurityAdministrator),
            Officer(6, "100006", Role.QuestionEditor),
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
    public void An_officer_without_a_role_may_see_to_the_own_account_and_read_the_schemes_and_one_with_two_may_do_what_either_may()
    {
        var none = Officer(1, "100001");
        var both = Officer(2, "100002", Role.Reviewer, Role.Supervisor);

        foreach (var permission in Enum.GetValues<Permission>())
        {
            var everybodys = permission is Permission.OwnAccount or Permission.ViewSchemes;
            Assert.Equal(everybodys, none.May(permission));
            Assert.Equal(
                everybodys
                    || Permissions.Allows(Role.Reviewer, permission)
                    || Permissions.Allows(Role.Supervisor, permission),
                both.May(permission)
            );
        }
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public void The_three_administrators_hold_no_other_role_and_officers_may_hold_several()
    {
        Role[] alone = [Role.Auditor, Role.SystemAdministrator, Role.SecurityAdministrator];
        Assert.True(Permissions.MayBeHeldTogether([]));
        foreach (var one in Enum.GetValues<Role>())
        {
            Assert.True(Permissions.MayBeHeldTogether([one]));
            foreach (var other in Enum.GetValues<Role>().Where(role => role != one))
            {
                Assert.Equal(
                    !alone.Contains(one) && !alone.Contains(other),
                    Permissions.MayBeHeldTogether([one, other])
                );
            }
        }
        Assert.False(Permissions.MayBeHeldTogether([Role.Reviewer, Role.Supervisor, Role.Auditor]));
    }

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
