using AdminPortal.Data.Audit;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Points;
using AdminPortal.Data.Reviews;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Stories;

/// <summary>The main job from the application to the end, through the product's own acts, on PostgreSQL.</summary>
public sealed class WholeStoryTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S1-38")]
    [Trait("Rule", "S1-13")]
    public async Task An_upheld_review_takes_the_point_off_exactly_once_and_the_driver_is_told()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        Assert.Equal(RoundState.Invalid, (await _portal.RoundOfAsync(driver)).State);
        var @case = await _portal.FileReviewAsync(driver, attempt);
        var officer = await _portal.CreateOfficerAsync();

        Assert.Equal(@case, await _portal.ClaimNextAsync(officer));
        var desk = await _portal.DoAsync(new ViewCase(@case), officer.Ref);
        Assert.Equal((18, 2), (desk.Attempt!.Right, desk.Attempt.Wrong));
        Assert.Equal(TestPortal.Reason, desk.DriverReason);
        await _portal.DoAsync(new ViewCasePhoto(@case, desk.ReferencePhotoId!.Value), officer.Ref);
        await _portal.DoAsync(new ViewCasePhoto(@case, desk.Round!.FaceChecks[^1].PhotoId!.Value), officer.Ref);
        await _portal.DoAsync(new DecideReview(@case, desk.Version, true, "确为本人。"), officer.Ref);

        Assert.Equal(RoundState.Reducing, (await _portal.RoundOfAsync(driver)).State);
        var points = _portal.Get<PointsDispatcher>();
        Assert.Equal(1, await points.RunAsync(default));
        Assert.Equal(0, await points.RunAsync(default));

        var round = await _portal.RoundOfAsync(driver);
        Assert.Equal(RoundState.Reduced, round.State);
        var reduced = Assert.Single(_portal.Points.Asked);
        Assert.Equal(
            (round.Id.ToString("N"), 1, driver.Person.IdNumber),
            (reduced.Key, reduced.Points, reduced.IdNumber)
        );
        // Sorted: several are written at the same instant of the test's clock.
        Assert.Equal(
            [
                "ApplicationApproved",
                "ReductionApplied",
                "ResultInvalid",
                "ReviewReceived",
                "ReviewUpheld",
                "StudyCompleted",
            ],
            (await _portal.MessagesToAsync(driver)).Order(StringComparer.Ordinal)
        );
        await _portal.Get<MessageDispatcher>().RunAsync(default);
        Assert.Equal(12, _portal.Messages.Sent.Count); // by SMS and app each (S1-22)
        Assert.Equal(12, _portal.Messages.Sent.Select(m => m.Key).Distinct().Count());
        var home = await _portal.Get<DriverPages>().HomeAsync(driver.Id, false, default);
        Assert.Equal((2, 1), (home!.Points, home.PointsReduced));
        Assert.Equal(RoundState.Reduced, home.Round!.State);

        await AssertEveryStepHasItsAuditEntryAsync(driver, @case, officer);
    }

    [Fact]
    [Trait("Rule", "S1-38")]
    [Trait("Rule", "S1-31")]
    public async Task A_rejected_review_is_told_with_its_reason_and_the_resit_window_begins_with_the_decision()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(23));
        var @case = await _portal.FileReviewAsync(driver, attempt);
        var officer = await _portal.CreateOfficerAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(30));

        await _portal.DecideAsync(officer, @case, uphold: false, "最后一张照片不是同一人。");

        var round = await _portal.RoundOfAsync(driver);
        Assert.Equal(RoundState.ResitOpen, round.State);
        Assert.Equal(DeadlineKind.Resit, round.Running!.Kind);
        Assert.Equal(_portal.Clock.Now.AddHours(24), round.Running.ExpiresAt);
        Assert.Equal("ReviewRejected", (await _portal.MessagesToAsync(driver))[^1]);
        var inbox = await _portal.DoAsync(new OpenInbox(false), driver.Ref);
        Assert.Contains("最后一张照片不是同一人。", inbox[0].Text);
        Assert.Equal(0, await _portal.Get<PointsDispatcher>().RunAsync(default));

        // The resit is real: passed with its closing check, the point is taken off after all.
        await _portal.PassExamAsync(driver, wrong: 0);
        await _portal.FaceAsync(driver);
        await _portal.Get<PointsDispatcher>().RunAsync(default);
        Assert.Equal(RoundState.Reduced, (await _portal.RoundOfAsync(driver)).State);
        Assert.Single(_portal.Points.Ledger);
        await _portal.AssertAuditIsWholeAsync();
    }

    // Steps of rounds and cases are the record of what changed; the trail must know an act for each of them at that instant.
    private async Task AssertEveryStepHasItsAuditEntryAsync(TestDriver driver, Guid @case, TestOfficer officer)
    {
        Assert.Equal(
            0,
            await _portal.ScalarAsync<long>(
                """
                SELECT count(*) FROM (SELECT happened_at FROM round_steps UNION ALL SELECT happened_at FROM case_steps) AS s
                WHERE NOT EXISTS (SELECT 1 FROM audit_entries AS a WHERE a.happened_at = s.happened_at AND a.driver_id = $1)
                """,
                driver.Id
            )
        );
        var trail = await _portal.DoAsync(
            new SearchAudit(new AuditSearch(null, null, null, driver.Id, null)),
            (await _portal.CreateOfficerAsync(Role.Auditor, [])).Ref
        );
        var byOfficer = trail.Lines.Where(l => l.ActorName == officer.Badge).Select(l => l.Act).Reverse();
        Assert.Equal(["ClaimNextCase", "ViewCase", "ViewCasePhoto", "ViewCasePhoto", "DecideReview"], byOfficer);
        Assert.Equal(CaseState.Upheld, (await _portal.CaseAsync(@case)).State);
        // No entry holds what names the person.
        var details = string.Join('\n', await _portal.ColumnAsync<string>("SELECT details FROM audit_entries"));
        Assert.DoesNotContain(driver.Person.IdNumber, details);
        Assert.DoesNotContain(driver.Person.Name, details);
        Assert.DoesNotContain(driver.Person.Mobile, details);
        await _portal.AssertAuditIsWholeAsync();
    }
}
