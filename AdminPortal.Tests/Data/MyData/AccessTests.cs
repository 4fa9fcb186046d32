using AdminPortal.Data.Audit;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.MyData;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Data.MyData;

/// <summary>Who looked at a driver's data: everything staff did about this driver, nothing about another, no officer by name.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task A_driver_sees_who_looked_when_and_for_which_case()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        var @case = await _portal.FileReviewAsync(driver, attempt);
        var (other, attemptOfOther) = await _portal.DriverWithInvalidResultAsync();
        var caseOfOther = await _portal.FileReviewAsync(other, attemptOfOther);
        var officer = await _portal.CreateOfficerAsync();
        await _portal.DoAsync(new ViewCase(@case), officer.Ref);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var photo = await _portal.ScalarAsync<Guid>("SELECT id FROM photos WHERE driver_id = $1 LIMIT 1", driver.Id);
        await _portal.DoAsync(new ViewCasePhoto(@case, photo), officer.Ref);
        await _portal.DoAsync(new ViewCase(caseOfOther), officer.Ref);
        await _portal.DoAsync(new SearchAudit(new AuditSearch(null, null, null, driver.Id, null)), ActorRef.Operator);

        var page = await _portal.Get<AccessPages>().ReadAsync(driver.Id, AccessBy.Others, null, default);

        Assert.Equal(["SearchAudit", "ViewCasePhoto", "ViewCase"], page.Lines.Select(l => l.Act));
        Assert.Equal([null, @case, @case], page.Lines.Select(l => l.CaseId));
        Assert.Equal([ActorKind.Operator, ActorKind.Staff, ActorKind.Staff], page.Lines.Select(l => l.By));
        Assert.Equal(TimeSpan.FromMinutes(1), page.Lines[1].At - page.Lines[2].At);
        Assert.Equal([Role.Reviewer], page.Lines[1].Roles);
        Assert.NotEmpty(page.Lines[1].Unit!);
        Assert.Null(page.Next);
        // Least disclosure: the line has no place for a badge, a name or an account (decision 005).
        Assert.DoesNotContain(officer.Badge, string.Join('\n', page.Lines));
        Assert.DoesNotContain($"{officer.Id}", string.Join('\n', page.Lines));

        var mine = await _portal.Get<AccessPages>().ReadAsync(driver.Id, AccessBy.Me, null, default);
        Assert.All(mine.Lines, l => Assert.Equal(ActorKind.Driver, l.By));
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        var @case = await _portal.FileReviewAsync(driver, attempt);
        var officer = await _portal.CreateOfficerAsync();
        for (var i = 0; i < AccessPages.PageSize + 3; i++)
        {
            await _portal.DoAsync(new ViewCase(@case), officer.Ref);
        }
        var pages = _portal.Get<AccessPages>();

        var first = await pages.ReadAsync(driver.Id, AccessBy.Others, null, default);
        var second = await pages.ReadAsync(driver.Id, AccessBy.Others, first.Next, default);

        Assert.Equal((AccessPages.PageSize, 3), (first.Lines.Count, second.Lines.Count));
        Assert.Null(second.Next);
        Assert.Equal(
            AccessPages.PageSize + 3,
            first.Lines.Concat(second.Lines).Select(l => l.Number).Distinct().Count()
        );
    }

    [Fact]
    public void The_trail_of_one_driver_is_found_by_an_index()
    {
        using var db = _portal.Db();
        var indexes = db.Model.FindEntityType(typeof(AuditRow))!.GetIndexes();
        Assert.Contains(
            indexes,
            i => i.Properties.Select(p => p.Name).SequenceEqual([nameof(AuditRow.DriverId), nameof(AuditRow.Number)])
        );
    }
}
