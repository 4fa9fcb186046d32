using AdminPortal.Data.Accounts;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Reviews;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

/// <summary>A member of staff who is in the database.</summary>
public sealed record TestOfficer(Guid Id, string Badge, string ActivationCode)
{
    public ActorRef Ref => new(ActorKind.Staff, Id);
}

/// <summary>A member of staff who can sign in.</summary>
public sealed record ActivatedOfficer(TestOfficer Officer, string Password, byte[] Secret);

// What members of staff do.
public sealed partial class TestPortal
{
    private int _badges = 100_000;

    /// <summary>Creates an account as an operator does.</summary>
    public async Task<TestOfficer> CreateOfficerAsync(
        Role role = Role.Reviewer,
        IReadOnlyList<string>? authorities = null,
        TestPerson? person = null
    )
    {
        var badge = $"{Interlocked.Increment(ref _badges)}";
        var code = await DoAsync(
            new CreateStaff(badge, [role], $"警官{badge}", "测试支队", authorities ?? ["渝A"], person?.IdNumber),
            ActorRef.Operator
        );
        await using var db = Db();
        return new TestOfficer(
            await db.Users.Where(u => u.UserName == badge).Select(u => u.Id).SingleAsync(),
            badge,
            code
        );
    }

    /// <summary>Creates an account and activates it with password and authenticator; the clock moves on to an unused code.</summary>
    public async Task<ActivatedOfficer> CreateActivatedOfficerAsync(Role role = Role.Reviewer)
    {
        const string password = "Nebel-im-Herbst-7412";
        var officer = await CreateOfficerAsync(role);
        var enrolment = await DoAsync(new BeginActivation(officer.Badge, officer.ActivationCode), ActorRef.Anonymous);
        var secret = FromBase32(enrolment!.Secret);
        var code = Totp.Code(secret, Clock.Now);
        await DoAsync(
            new ActivateStaff(officer.Badge, officer.ActivationCode, password, password, code),
            ActorRef.Anonymous
        );
        Clock.Advance(TimeSpan.FromSeconds(60));
        return new ActivatedOfficer(officer, password, secret);
    }

    public Task<Guid> ClaimNextAsync(TestOfficer officer) => DoAsync(new ClaimNextCase(), officer.Ref);

    /// <summary>Claims a case and decides it on the version that is shown.</summary>
    public async Task DecideAsync(TestOfficer officer, Guid caseId, bool uphold, string reason = "照片与本人一致。")
    {
        await DoAsync(new ClaimCase(caseId), officer.Ref);
        await DoAsync(new DecideReview(caseId, (await CaseAsync(caseId)).Version, uphold, reason), officer.Ref);
    }

    public async Task<Case> CaseAsync(Guid caseId)
    {
        await using var db = Db();
        return await db.Cases.AsNoTracking().SingleAsync(c => c.Id == caseId);
    }

    /// <summary>The audit trail must verify.</summary>
    public async Task AssertAuditIsWholeAsync()
    {
        var verdict = await Get<AuditVerifier>().VerifyAsync(default);
        Assert.Null(verdict.Fault);
        Assert.Equal(await ScalarAsync<long>("SELECT count(*) FROM audit_entries"), verdict.Entries);
    }

    /// <summary>The acts in the audit trail, oldest first.</summary>
    public Task<IReadOnlyList<string>> ActsAsync() =>
        ColumnAsync<string>("SELECT act FROM audit_entries ORDER BY entry_number");

    internal static byte[] FromBase32(string text)
    {
        var bits = string.Concat(
            text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0'))
        );
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
