using AdminPortal.Data.Accounts;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

// What administrators do to accounts.
public sealed partial class TestPortal
{
    /// <summary>Opens an account without a role, as the system administrator does.</summary>
    public async Task<TestOfficer> OpenAccountAsync(TestOfficer administrator, string badge, TestPerson? person = null)
    {
        var facts = new AccountFacts($"警官{badge}", "测试支队", ["渝A"]);
        var opened = await DoAsync(new OpenAccount(badge, facts, person?.IdNumber), administrator.Ref);
        return new TestOfficer(opened.StaffId, badge, opened.ActivationCode);
    }

    /// <summary>What a change of an account has to hand back.</summary>
    public Task<string> AccountVersionAsync(Guid staffId) =>
        ScalarAsync<string>("SELECT concurrency_stamp FROM staff WHERE id = $1", staffId);

    /// <summary>The grant that waits for its second person.</summary>
    public async Task<Guid> GrantAsync(Guid staffId)
    {
        await using var db = Db();
        return await db
            .RoleGrants.Where(g => g.StaffId == staffId && g.State == RoleGrantState.Proposed)
            .Select(g => g.Id)
            .SingleAsync();
    }

    /// <summary>The roles an account holds, as stored.</summary>
    public async Task<IReadOnlyList<Role>> RolesAsync(Guid staffId)
    {
        await using var db = Db();
        var roles = await db
            .Users.Where(u => u.Id == staffId)
            .SelectMany(u => u.Roles.Select(r => r.Role))
            .ToListAsync();
        return [.. roles.Order()];
    }
}
