using AdminPortal.Data;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

/// <summary>What every act must keep, found by reflection: a new act without an arrangement fails here.</summary>
public sealed class CommandTests
{
    [Fact]
    public void Every_act_of_the_product_is_in_the_catalogue_of_this_test()
    {
        var acts = typeof(PortalDb)
            .Assembly.GetTypes()
            .Where(t =>
                t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>))
            )
            .Select(t => t.Name)
            .Order();
        Assert.Equal(acts, Catalogue.All.Select(c => c.Command.Name).Order());
    }
}

/// <summary>Every act as everybody who may, a third of the acts in each class: classes run beside each other.</summary>
public sealed class FirstCommandTests
{
    public static TheoryData<string, Principal> Pairs => CommandChecks.Pairs(0);

    [Theory]
    [MemberData(nameof(Pairs))]
    public Task Who_may_succeeds_and_leaves_exactly_one_trace(string name, Principal principal) =>
        CommandChecks.RunAsync(name, principal);
}

/// <inheritdoc cref="FirstCommandTests"/>
public sealed class SecondCommandTests
{
    public static TheoryData<string, Principal> Pairs => CommandChecks.Pairs(1);

    [Theory]
    [MemberData(nameof(Pairs))]
    public Task Who_may_succeeds_and_leaves_exactly_one_trace(string name, Principal principal) =>
        CommandChecks.RunAsync(name, principal);
}

/// <inheritdoc cref="FirstCommandTests"/>
public sealed class ThirdCommandTests
{
    public static TheoryData<string, Principal> Pairs => CommandChecks.Pairs(2);

    [Theory]
    [MemberData(nameof(Pairs))]
    public Task Who_may_succeeds_and_leaves_exactly_one_trace(string name, Principal principal) =>
        CommandChecks.RunAsync(name, principal);
}

internal static class CommandChecks
{
    /// <summary>One of three parts; together they are all acts.</summary>
    public static TheoryData<string, Principal> Pairs(int part)
    {
        var pairs = new TheoryData<string, Principal>();
        foreach (var command in Catalogue.All.Where((_, place) => place % 3 == part))
        {
            Array.ForEach(command.Allowed, principal => pairs.Add(command.Command.Name, principal));
        }
        return pairs;
    }

    public static async Task RunAsync(string name, Principal principal)
    {
        await using var portal = await TestPortal.StartAsync();
        var command = Catalogue.All.Single(c => c.Command.Name == name);
        var arranger = new Arranger(portal, await Principals.ActorAsync(portal, principal));
        var act = await command.Arrange(arranger);

        if (principal == command.Allowed[0])
        {
            // What does not depend on who acts is looked at once.
            await MisuseIsRefusedAsync(portal, command, arranger);
            await StrangersAreRefusedAsync(portal, command, principal, act);
            await NothingStaysWhenAuditFailsAsync(portal, act);
            await NothingStaysWhenAnyStatementFailsAsync(portal, act);
        }
        else
        {
            var entries = await portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries");
            Assert.Null(await act.RunAsync());
            Assert.Equal(entries + act.Entries, await portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries"));
        }

        // It went through: see what it left.
        if (act.IsAudited)
        {
            var (entry, actor, _) = await Principals.LastEntryAsync(portal);
            Assert.Equal((name, act.Actor.Id), (entry, actor));
            var subject = await Principals.LastSubjectAsync(portal);
            Assert.True(ActsDocument.SubjectsOf(name).Contains(subject), $"docs/acts.md: {name} left {subject}");
        }
        await SecondTimeAsync(portal, command, act);
        await portal.AssertAuditIsWholeAsync();
    }

    private static async Task MisuseIsRefusedAsync(TestPortal portal, CataloguedCommand command, Arranger arranger)
    {
        if (command.Misuse is null)
        {
            return;
        }
        var misuse = await command.Misuse(arranger);
        var before = await portal.ImageAsync();
        Assert.Equal(command.Misused, (await misuse.RunAsync())?.Code);
        DatabaseImage.AssertSame(before, await portal.ImageAsync());
    }

    private static async Task StrangersAreRefusedAsync(
        TestPortal portal,
        CataloguedCommand command,
        Principal principal,
        ArrangedAct act
    )
    {
        if (command.Stranger is not { } refusal)
        {
            return;
        }
        var stranger =
            principal == Principal.Driver
                ? (await portal.ImportDriverAsync()).Ref
                : (await portal.CreateOfficerAsync(Enum.Parse<Role>($"{principal}"), ["鄂A"])).Ref;
        var before = await portal.ImageAsync();
        Assert.Equal(refusal, (await act.RunAs(stranger))?.Code);
        DatabaseImage.AssertSame(before, await portal.ImageAsync());
    }

    private static async Task NothingStaysWhenAuditFailsAsync(TestPortal portal, ArrangedAct act)
    {
        if (!act.IsAudited)
        {
            return;
        }
        await portal.BreakAuditAsync();
        var before = await portal.ImageAsync();
        // No outcome at all: what the act would have shown is not shown.
        var fault = await Assert.ThrowsAnyAsync<Exception>(act.RunAsync);
        Assert.Contains("no audit", $"{fault}");
        DatabaseImage.AssertSame(before, await portal.ImageAsync());
        await portal.MendAuditAsync();
    }

    private static async Task NothingStaysWhenAnyStatementFailsAsync(TestPortal portal, ArrangedAct act)
    {
        var before = await portal.ImageAsync();
        for (var statement = 1; ; statement++)
        {
            portal.Statements.FailAt(statement);
            try
            {
                Assert.Null(await act.RunAsync());
                Assert.False(portal.Statements.Fired);
                break;
            }
            catch (Exception e) when (e is StatementFaultException || e.InnerException is StatementFaultException)
            {
                DatabaseImage.AssertSame(before, await portal.ImageAsync());
            }
        }
        portal.Statements.Stop();
        var after = await portal.ImageAsync();
        Assert.Equal(act.Entries, after.Rows("audit_entries") - before.Rows("audit_entries"));
    }

    private static async Task SecondTimeAsync(TestPortal portal, CataloguedCommand command, ArrangedAct act)
    {
        var before = await portal.ImageAsync();
        var refusal = await act.RunAsync();
        var after = await portal.ImageAsync();
        switch (command.Again)
        {
            case Again.SameSuccess:
                Assert.Null(refusal);
                DatabaseImage.AssertSame(before, after);
                break;
            case Again.Refused:
                Assert.Equal(command.AgainRefused, refusal?.Code);
                DatabaseImage.AssertSame(before, after);
                break;
            case Again.AnotherAct:
                Assert.Null(refusal);
                Assert.NotEqual([], after.Changed(before));
                Assert.Equal(act.Entries, after.Rows("audit_entries") - before.Rows("audit_entries"));
                break;
        }
    }
}
