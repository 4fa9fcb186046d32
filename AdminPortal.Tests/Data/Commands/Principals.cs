using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

internal static class Principals
{
    public static async Task<ActorRef> ActorAsync(TestPortal portal, Principal principal) =>
        principal switch
        {
            Principal.Reviewer => (await portal.CreateOfficerAsync(Role.Reviewer)).Ref,
            Principal.Supervisor => (await portal.CreateOfficerAsync(Role.Supervisor)).Ref,
            Principal.Auditor => (await portal.CreateOfficerAsync(Role.Auditor, [])).Ref,
            Principal.QuestionEditor => (await portal.CreateOfficerAsync(Role.QuestionEditor, [])).Ref,
            Principal.SystemAdministrator => (await portal.CreateOfficerAsync(Role.SystemAdministrator, [])).Ref,
            Principal.SecurityAdministrator => (await portal.CreateOfficerAsync(Role.SecurityAdministrator, [])).Ref,
            Principal.Driver => (await portal.ImportDriverAsync()).Ref,
            Principal.Operator => ActorRef.Operator,
            Principal.System => ActorRef.System,
            Principal.Anonymous => ActorRef.Anonymous,
        };

    public static async Task<(string Act, Guid Actor, string Details)> LastEntryAsync(TestPortal portal)
    {
        const string last = "FROM audit_entries ORDER BY entry_number DESC LIMIT 1";
        return (
            await portal.ScalarAsync<string>($"SELECT act {last}"),
            await portal.ScalarAsync<Guid>($"SELECT actor_id {last}"),
            await portal.ScalarAsync<string>($"SELECT details {last}")
        );
    }

    /// <summary>What the last entry is about.</summary>
    public static Task<string> LastSubjectAsync(TestPortal portal) =>
        portal.ScalarAsync<string>("SELECT subject_kind FROM audit_entries ORDER BY entry_number DESC LIMIT 1");
}
