using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

/// <summary>Every act against everybody who may not: refused, without effect, and known to the auditor.</summary>
public sealed class PermissionTests(PermissionTests.Shared shared) : IClassFixture<PermissionTests.Shared>
{
    private static readonly string[] TrailOnly = ["audit_entries", "audit_head"];

    public static TheoryData<string> Names => [.. Catalogue.All.Select(c => c.Command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Rule", "N-33")]
    public async Task Who_may_not_is_refused_and_staff_leave_a_trace_of_the_attempt(string name)
    {
        // One database for all: every look is compared with the moment before it, and nothing here may leave anything behind.
        var portal = shared.Portal;
        var command = Catalogue.All.Single(c => c.Command.Name == name);
        var act = await command.Arrange(new Arranger(portal, await Principals.ActorAsync(portal, command.Allowed[0])));
        List<(Principal Who, ActorRef Ref)> refused = [];
        foreach (var principal in Enum.GetValues<Principal>().Except(command.Allowed))
        {
            refused.Add((principal, await Principals.ActorAsync(portal, principal)));
        }
        var before = await portal.ImageAsync();
        foreach (var (_, actor) in refused)
        {
            Assert.Equal(RefusalCode.NotPermitted, (await act.RunAs(actor))?.Code);
            if (actor.Kind == ActorKind.Staff)
            {
                Assert.Equal(
                    ("Denied", actor.Id, $$"""{"denied":"{{name}}"}"""),
                    await Principals.LastEntryAsync(portal)
                );
            }
        }
        // Staff leave one entry each, the others nothing, and nothing else is there.
        var after = await portal.ImageAsync();
        var staff = refused.Count(who => who.Ref.Kind == ActorKind.Staff);
        Assert.Equal(staff == 0 ? [] : TrailOnly, after.Changed(before));
        Assert.Equal(before.Rows("audit_entries") + staff, after.Rows("audit_entries"));
        // An account that is gone or switched off has no rights at all.
        var dismissed = await portal.CreateOfficerAsync(Role.Supervisor);
        await portal.ExecuteAsync("UPDATE staff SET is_active = false WHERE id = $1", dismissed.Id);
        var image = await portal.ImageAsync();
        Assert.Equal(RefusalCode.AccountDisabled, (await act.RunAs(dismissed.Ref))?.Code);
        Assert.Equal(RefusalCode.AccountDisabled, (await act.RunAs(new(ActorKind.Driver, Guid.NewGuid())))?.Code);
        DatabaseImage.AssertSame(image, await portal.ImageAsync());
    }

    /// <summary>One portal for every act.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        public TestPortal Portal { get; private set; } = null!;

        public async Task InitializeAsync() => Portal = await TestPortal.StartAsync();

        public async Task DisposeAsync() => await Portal.DisposeAsync();
    }
}
