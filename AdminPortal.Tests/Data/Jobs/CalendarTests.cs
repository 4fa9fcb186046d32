using AdminPortal.Data.Calendar;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Data.Commands;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Jobs;

/// <summary>Dates that wait for a notice of the State Council: never guessed, stamped when it is published.</summary>
public sealed class CalendarTests
{
    [Theory]
    [InlineData("2026-02-13", "2026-02-25")]
    [InlineData("2026-09-30", "2026-10-10")]
    [InlineData("2026-02-14", "2026-02-26")]
    [InlineData("2025-12-31", "2026-01-06")]
    [Trait("Rule", "S1-38")]
    public async Task A_review_opened_on_a_day_is_due_on_the_third_working_day_after_it(string opened, string due)
    {
        await using var portal = await TestPortal.StartAsync(ChinaTime.StartOf(DateOnly.Parse(opened)).AddHours(16));
        var @case = await portal.CaseAsync((await portal.SeedCasesAsync(1))[0]);
        Assert.Equal(DateOnly.Parse(due), @case.DueOn);
        Assert.Equal(ChinaTime.EndOf(DateOnly.Parse(due)), @case.DueAt);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    public async Task A_review_opened_on_29_December_awaits_the_calendar_and_is_stamped_when_it_comes()
    {
        await using var portal = await TestPortal.StartAsync(TestClock.China(2026, 12, 28, 9));
        var (driver, attempt) = await portal.DriverWithInvalidResultAsync();
        portal.Clock.Now = TestClock.China(2026, 12, 29, 9);
        var id = await portal.FileReviewAsync(driver, attempt);
        var waiting = await portal.CaseAsync(id);
        Assert.Equal((null, 2027), (waiting.DueAt, waiting.AwaitingYear));
        Assert.NotNull(waiting.ProvisionalOn);
        // Nothing is decided by the provisional date: the case is not overdue a year later either.
        var officer = await portal.CreateOfficerAsync();
        portal.Clock.Now = TestClock.China(2027, 3, 1, 9);
        Assert.Empty(
            (await portal.Get<QueuePages>().ReadAsync(officer.Ref, new QueueQuery(QueueFilter.Overdue), default))!.Lines
        );
        portal.Clock.Now = TestClock.China(2026, 12, 30, 9);

        var published = await portal.DoAsync(
            new PublishCalendarYear(2027, "国办发明电〔2026〕1号", Catalogue.NewYear2027),
            ActorRef.Operator
        );

        Assert.Equal(1, published.CasesStamped);
        var stamped = await portal.CaseAsync(id);
        // Wed 30, Thu 31 December; 1 January is a holiday, Sat 2 is a weekend, Sun 3 a make-up working day.
        Assert.Equal((new DateOnly(2027, 1, 3), null), (stamped.DueOn, stamped.AwaitingYear));
        Assert.Equal("ReviewDueKnown", (await portal.MessagesToAsync(driver))[^1]);
        var second = await portal.RefusedAsync(
            new PublishCalendarYear(2027, "?", Catalogue.NewYear2027),
            ActorRef.Operator
        );
        Assert.Equal(RefusalCode.CalendarYearKnown, second.Code);
        Assert.Equal(1, (await portal.ActsAsync()).Count(a => a == "PublishCalendarYear") - 1);
    }

    [Fact]
    [Trait("Rule", "S1-28")]
    public async Task An_exam_window_that_awaits_the_calendar_does_not_end_and_is_stamped_when_it_comes()
    {
        await using var portal = await TestPortal.StartAsync(TestClock.China(2026, 12, 28, 9));
        var driver = await portal.DriverBeforeExamAsync();
        var window = (await portal.RoundOfAsync(driver)).Running!;
        Assert.Equal((null, 2027), (window.ExpiresAt, window.AwaitingYear));
        portal.Clock.Now = TestClock.China(2027, 2, 1, 9);
        Assert.Equal(0, await portal.DoAsync(new ExpireRounds(), ActorRef.System));

        var published = await portal.DoAsync(
            new PublishCalendarYear(2027, "国办发明电〔2026〕1号", Catalogue.NewYear2027),
            ActorRef.Operator
        );
        Assert.Equal(1, published.DeadlinesStamped);
        // The notice came too late for the day it names: the driver has the day after it (D-LATE-NOTICE).
        Assert.Equal(0, await portal.DoAsync(new ExpireRounds(), ActorRef.System));
        Assert.Equal(new DateOnly(2027, 2, 2), (await portal.RoundOfAsync(driver)).Running!.LastDay);
        portal.Clock.Now = TestClock.China(2027, 2, 3, 0);
        Assert.Equal(1, await portal.DoAsync(new ExpireRounds(), ActorRef.System));
        Assert.Equal(VoidReason.ExamWindowEnded, (await portal.RoundOfAsync(driver)).VoidReason);
    }

    [Fact]
    public async Task A_preview_says_what_the_act_then_does_and_what_was_told_stays()
    {
        await using var portal = await TestPortal.StartAsync(TestClock.China(2026, 12, 25, 9));
        var told = (await portal.SeedCasesAsync(1))[0]; // Fri 25 December: due Wed 30
        portal.Clock.Now = TestClock.China(2026, 12, 29, 9);
        var waiting = (await portal.SeedCasesAsync(2))[0];
        await portal.DriverBeforeExamAsync();
        var administrator = await portal.CreateOfficerAsync(Role.SystemAdministrator, []);
        var pages = portal.Get<CalendarPages>();
        // The notice takes a day of December away.
        List<CalendarDay> days = [.. Catalogue.NewYear2027, new(new DateOnly(2026, 12, 30), "元旦", false)];
        var before = await portal.ImageAsync();

        var preview = ((Outcome<CalendarPreview>.Done)await Preview(administrator.Ref)).Value;

        DatabaseImage.AssertSame(before, await portal.ImageAsync());
        Assert.Equal((2, 1, 1), (preview.CaseCount, preview.DeadlineCount, preview.KeptCount));
        var published = await portal.DoAsync(new PublishCalendarYear(2027, "通知", days), administrator.Ref);
        Assert.Equal((preview.CaseCount, preview.DeadlineCount), (published.CasesStamped, published.DeadlinesStamped));
        var stamped = await portal.CaseAsync(waiting);
        Assert.Equal(stamped.DueOn, preview.Cases.Single(c => c.Id == waiting).Due);
        Assert.Equal(new DateOnly(2026, 12, 30), (await portal.CaseAsync(told)).DueOn);

        Assert.Equal(RefusalCode.CalendarYearKnown, Code(await Preview(administrator.Ref)));
        Assert.Equal(RefusalCode.NotPermitted, Code(await Preview((await portal.CreateOfficerAsync()).Ref)));

        Task<Outcome<CalendarPreview>> Preview(ActorRef who) => pages.PreviewAsync(who, 2027, "通知", days, default);
        static RefusalCode? Code(Outcome<CalendarPreview> outcome) =>
            (outcome as Outcome<CalendarPreview>.Refused)?.Refusal.Code;
    }

    [Theory]
    [InlineData("2027-01-02", "2027-01-02", RefusalCode.CalendarInvalid)] // a day twice, and no New Year
    [InlineData("2027-01-01", "2026-11-30", RefusalCode.CalendarInvalid)] // earlier than the December before
    [InlineData("2027-01-01", "2028-01-01", RefusalCode.CalendarInvalid)]
    public async Task A_notice_that_cannot_be_one_is_refused(string first, string second, RefusalCode code)
    {
        await using var portal = await TestPortal.StartAsync();
        var days = new[] { first, second }.Select(d => new CalendarDay(DateOnly.Parse(d), "元旦", false)).ToList();
        Assert.Equal(
            code,
            (await portal.RefusedAsync(new PublishCalendarYear(2027, "?", days), ActorRef.Operator)).Code
        );
        Assert.Equal(
            RefusalCode.CalendarYearKnown,
            (await portal.RefusedAsync(new PublishCalendarYear(2026, "?", days), ActorRef.Operator)).Code
        );
    }

    [Fact]
    public async Task The_office_is_warned_of_what_is_due_overdue_and_awaited_once_per_change_and_of_a_missing_year()
    {
        await using var portal = await TestPortal.StartAsync(TestClock.China(2026, 10, 27, 9));
        var warnings = portal.Get<CaseWarnings>();
        Assert.Null(await warnings.ChangedAsync(default)); // quiet
        await portal.SeedCasesAsync(2); // due Fri 30 October
        Assert.Null(await warnings.ChangedAsync(default));
        portal.Clock.Now = TestClock.China(2026, 10, 30, 8);
        Assert.Equal(new CaseWarning(2, 0, 0, null), await warnings.ChangedAsync(default));
        Assert.Null(await warnings.ChangedAsync(default)); // said once
        portal.Clock.Now = TestClock.China(2026, 10, 31);
        Assert.Equal(new CaseWarning(0, 2, 0, null), await warnings.ChangedAsync(default));
        portal.Clock.Now = TestClock.China(2026, 11, 1) - TimeSpan.FromMilliseconds(1);
        Assert.Null(await warnings.ChangedAsync(default));
        portal.Clock.Now = TestClock.China(2026, 11, 1);
        Assert.Equal(new CaseWarning(0, 2, 0, 2027), await warnings.ChangedAsync(default));
        portal.Clock.Now = TestClock.China(2026, 12, 29, 9);
        await portal.SeedCasesAsync(1);
        Assert.Equal(new CaseWarning(0, 2, 1, 2027), await warnings.ChangedAsync(default));
    }
}
