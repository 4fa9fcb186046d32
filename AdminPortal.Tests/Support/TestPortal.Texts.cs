using AdminPortal.Data.Exchange;
using AdminPortal.Data.Texts;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

// What system administrators do to texts and authorities.
public sealed partial class TestPortal
{
    public Task<TestOfficer> CreateAdministratorAsync(TestPerson? person = null) =>
        CreateOfficerAsync(Role.SystemAdministrator, [], person);

    /// <summary>The wording that ships, with something after it.</summary>
    public static TextContent Reworded(string name, string zh = "（修订）", string en = " (revised)")
    {
        var shipped = TextCatalogue.Shipped(TextCatalogue.KindOf(name)!.Value, name);
        return new TextContent(shipped.Zh + zh, shipped.En + en);
    }

    /// <summary>A message that nobody is writing a draft of.</summary>
    public async Task<string> FreeTextAsync()
    {
        await using var db = Db();
        var taken = await db.TextVersions.Select(t => t.Name).ToListAsync();
        return TextCatalogue.All.Last(t => t.Kind == TextKind.Message && !taken.Contains(t.Name)).Name;
    }

    /// <summary>A draft by somebody; yields its id, at revision 1.</summary>
    public async Task<Guid> DraftTextAsync(TestOfficer drafter, string name, TextContent? content = null)
    {
        var id = Guid.NewGuid();
        await DoAsync(new DraftText(id, name, content ?? Reworded(name)), drafter.Ref);
        return id;
    }

    /// <summary>A version in force, written by one administrator and published by another.</summary>
    public async Task<Guid> PublishTextAsync(string name, TextContent? content = null)
    {
        var id = await DraftTextAsync(await CreateAdministratorAsync(), name, content);
        await DoAsync(new PublishText(id, 1), (await CreateAdministratorAsync()).Ref);
        return id;
    }

    /// <summary>A code that no authority has, nor is proposed for one.</summary>
    public async Task<string> FreeCodeAsync()
    {
        await using var db = Db();
        var taken = await db.Authorities.Select(a => a.Authority).ToListAsync();
        taken.AddRange(await db.SchemeAssignments.Select(a => a.Authority).ToListAsync());
        return Enumerable.Range('A', 26).Select(letter => $"豫{(char)letter}").First(c => !taken.Contains(c));
    }

    /// <summary>An authority of its own under S1, delivered as an operator delivers it.</summary>
    public async Task<string> NewAuthorityAsync()
    {
        var code = await FreeCodeAsync();
        await ImportAsync([new AuthorityRecord(code, $"支队{code}", "S1", new DateOnly(2021, 9, 10))]);
        return code;
    }

    /// <summary>The proposal that waits about an authority.</summary>
    public async Task<Guid> ProposedAssignmentAsync(string code)
    {
        await using var db = Db();
        return await db
            .SchemeAssignments.Where(a => a.Authority == code && a.State == AssignmentState.Proposed)
            .Select(a => a.Id)
            .SingleAsync();
    }
}
