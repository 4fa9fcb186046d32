using AdminPortal.Data.Audit;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Data.Audit;

/// <summary>The auditor's answer to "who looked at this driver".</summary>
public sealed class DriverTrailTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private TestOfficer _auditor = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _auditor = await _portal.CreateOfficerAsync(Role.Auditor, []);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task Whatever_number_a_complaint_names_the_officers_who_looked_are_found()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        var @case = await _portal.FileReviewAsync(driver, attempt);
        var round = (await _portal.RoundOfAsync(driver)).Id;
        var ticketId = await _portal.FileFeedbackAsync(driver);
        await using var db = _portal.Db();
        var ticket = await db.FeedbackTickets.Where(f => f.CaseId == ticketId).Select(f => f.Number).SingleAsync();
        var curious = await _portal.CreateOfficerAsync();
        await _portal.DoAsync(new LookUpDriver(driver.Person.IdNumber, "举报线索核查"), curious.Ref);
        await _portal.DoAsync(new ViewCase(@case), curious.Ref);

        string[] numbers =
        [
            driver.Person.IdNumber,
            ticket,
            ticket.ToLowerInvariant(),
            $"{@case}",
            CaseNumber.Of(@case),
            CaseNumber.Of(@case).ToLowerInvariant(),
            $"{round}",
            CaseNumber.Of(round),
        ];
        foreach (var number in numbers)
        {
            var trail = await SearchAsync(number);
            Assert.Equal(driver.Id, trail!.DriverId);
            // The auditor's own earlier searches stand above.
            Assert.Equal(
                ["ViewCase", "LookUpDriver"],
                trail.Lines.Where(l => l.ActorName == curious.Badge).Select(l => l.Act)
            );
            Assert.All(
                trail.Lines,
                l => Assert.Contains(l.ActorKind, (ActorKind[])[ActorKind.Staff, ActorKind.Operator])
            );
        }
        Assert.Equal(
            numbers.Length - 1,
            (await SearchAsync(round.ToString()))!.Lines.Count(l => l.Act == nameof(SearchDriverTrail)) - 1
        );
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    public async Task A_number_of_nobody_is_recorded_and_without_a_reason_nothing_is_looked_for()
    {
        Assert.Null(await SearchAsync("00000000"));
        Assert.Null(await SearchAsync(TestPeople.Number(4711).IdNumber));
        Assert.Equal(2, (await _portal.ActsAsync()).Count(a => a == nameof(SearchDriverTrail)));
        foreach (
            var search in new[]
            {
                new SearchDriverTrail("00000000", " ", null),
                new SearchDriverTrail(" ", "核查", null),
            }
        )
        {
            Assert.Contains(
                (await _portal.RefusedAsync(search, _auditor.Ref)).Code,
                (RefusalCode[])[RefusalCode.ReasonRequired, RefusalCode.FieldRequired]
            );
        }
        Assert.Equal(2, (await _portal.ActsAsync()).Count(a => a == nameof(SearchDriverTrail)));
    }

    [Fact]
    public async Task A_search_between_two_dates_counts_them_in_China_both_included()
    {
        _portal.Clock.Now = TestClock.China(2026, 3, 11, 0);
        var first = await _portal.CreateOfficerAsync();
        _portal.Clock.Now = TestClock.China(2026, 3, 12) - TimeSpan.FromMilliseconds(1);
        var last = await _portal.CreateOfficerAsync();
        _portal.Clock.Now = TestClock.China(2026, 3, 12);
        await _portal.CreateOfficerAsync();
        var day = new DateOnly(2026, 3, 11);

        var page = await _portal.DoAsync(
            new SearchAudit(new AuditSearch(null, null, null, null, null, day, day)),
            _auditor.Ref
        );

        Assert.Equal([$"{last.Id}", $"{first.Id}"], page.Lines.Select(l => l.SubjectId));
        Assert.All(page.Lines, l => Assert.Equal(day, ChinaTime.DateOf(l.At)));
    }

    [Fact]
    public async Task A_verification_from_the_page_stands_in_the_trail_and_finds_what_was_altered()
    {
        var proofs = _portal.Get<AuditProofs>();
        Assert.Null((await proofs.RunAsync(_auditor.Ref, default))!.Fault);
        Assert.Equal("NoteVerification", (await _portal.ActsAsync())[^1]);
        Assert.Null(await proofs.RunAsync((await _portal.CreateOfficerAsync()).Ref, default));

        await _portal.ExecuteAsync("ALTER TABLE audit_entries DISABLE TRIGGER USER");
        await _portal.ExecuteAsync("UPDATE audit_entries SET details = '{}' WHERE entry_number = 1");
        var broken = await proofs.RunAsync(_auditor.Ref, default);
        Assert.NotNull(broken!.Fault);
        Assert.Equal(0, broken.Entries);
    }

    private Task<DriverTrail?> SearchAsync(string number) =>
        _portal.DoAsync(new SearchDriverTrail(number, "投诉核查", null), _auditor.Ref);
}
