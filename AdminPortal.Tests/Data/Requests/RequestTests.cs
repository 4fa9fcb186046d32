using AdminPortal.Data.IdPhotoChecks;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Requests;

/// <summary>Photos with the identity card, reviews of study periods and of exams that were not accepted, on a real database.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S1-27")]
    [Trait("Rule", "N-n7")]
    public async Task An_accepted_photo_opens_the_study_as_a_passed_check_would()
    {
        var driver = await _portal.DriverWithFailedVerificationAsync();
        var refused = await _portal.RefusedAsync(new BeginStudy(StarterContent.Sections[0].Id), driver.Ref);
        Assert.Equal(RefusalCode.VerificationMissing, refused.Code);

        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var caseId = await _portal.FileIdPhotoAsync(driver);
        var opened = await _portal.CaseAsync(caseId);
        // Tuesday 10 March: three working days end on Friday.
        Assert.Equal((CaseKind.IdPhoto, new DateOnly(2026, 3, 13)), (opened.Kind, opened.DueOn));
        var officer = await _portal.CreateOfficerAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        await _portal.DecideIdPhotoAsync(officer, caseId, accept: true);

        await _portal.DoAsync(new BeginStudy(StarterContent.Sections[0].Id), driver.Ref);
        Assert.Equal(
            [nameof(MessageTemplate.IdPhotoReceived), nameof(MessageTemplate.IdPhotoAccepted)],
            (await _portal.MessagesToAsync(driver)).TakeLast(2)
        );
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "S1-27")]
    public async Task A_refused_photo_says_why_and_another_may_follow_up_to_three()
    {
        var driver = await _portal.DriverWithFailedVerificationAsync();
        var officer = await _portal.CreateOfficerAsync();
        for (var photo = 1; photo <= 3; photo++)
        {
            var caseId = await _portal.FileIdPhotoAsync(driver);
            await _portal.DecideIdPhotoAsync(officer, caseId, accept: false, "照片模糊。");
            Assert.Equal(RoundState.Studying, (await _portal.RoundOfAsync(driver)).State);
        }
        Assert.Equal(RefusalCode.IdPhotoTriesUsedUp, (await _portal.RefusedAsync(AnyPhoto(), driver.Ref)).Code);
    }

    [Fact]
    [Trait("Rule", "S1-27")]
    public async Task A_photo_is_taken_only_after_the_verification_has_failed_and_not_in_the_early_scheme()
    {
        var fresh = await _portal.ImportDriverAsync();
        Assert.Equal(RefusalCode.NotFound, (await _portal.RefusedAsync(AnyPhoto(), fresh.Ref)).Code);
        await _portal.ApplyAsync(fresh);
        Assert.Equal(RefusalCode.IdPhotoNotOpen, (await _portal.RefusedAsync(AnyPhoto(), fresh.Ref)).Code);
        var early = await _portal.ImportDriverAsync("渝F");
        await _portal.ApplyAsync(early);
        Assert.Equal(RefusalCode.IdPhotoNotOpen, (await _portal.RefusedAsync(AnyPhoto(), early.Ref)).Code);
    }

    [Fact]
    [Trait("Rule", "S1-27")]
    public async Task Twenty_photos_handed_in_at_once_are_one_case()
    {
        var driver = await _portal.DriverWithFailedVerificationAsync();
        var outcomes = await Race.RunAsync(20, _ => _portal.TryAsync(AnyPhoto(), driver.Ref));
        Assert.Single(outcomes, o => o is Outcome<Guid>.Done);
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM cases WHERE kind = 'IdPhoto'"));

        var naive = await NaiveControl.LookThenWriteAsync(
            _portal,
            20,
            "SELECT count(*) FROM rounds WHERE driver_id = $1 AND id_photos_filed > 1",
            "UPDATE rounds SET id_photos_filed = 2 WHERE driver_id = $1",
            driver.Id
        );
        Assert.True(naive > 1);
    }

    [Fact]
    [Trait("Rule", "N-n5")]
    public async Task An_upheld_study_review_gives_the_minutes_back()
    {
        var (driver, check) = await _portal.DriverWithLostStudyAsync();
        Assert.Equal(0, await CreditedAsync(driver));

        var caseId = await _portal.DoAsync(new FileStudyReview(check, TestPortal.Reason), driver.Ref);
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(CaseKind.StudyReview, (await _portal.CaseAsync(caseId)).Kind);
        // The same words again are the second click; other words are a second review.
        Assert.Equal(caseId, await _portal.DoAsync(new FileStudyReview(check, TestPortal.Reason), driver.Ref));
        Assert.Equal(
            RefusalCode.ReviewOnce,
            (await _portal.RefusedAsync(new FileStudyReview(check, "另外一个理由。"), driver.Ref)).Code
        );
        await _portal.DecideAsync(await _portal.CreateOfficerAsync(authorities: ["鄂A"]), caseId, uphold: true);

        Assert.True(await CreditedAsync(driver) >= 300);
        Assert.Equal(nameof(MessageTemplate.StudyRestored), (await _portal.MessagesToAsync(driver))[^1]);
    }

    [Fact]
    [Trait("Rule", "N-n5")]
    public async Task A_rejected_study_review_gives_back_the_window_but_not_the_minutes()
    {
        var (driver, check) = await _portal.DriverWithLostStudyAsync();
        var caseId = await _portal.DoAsync(new FileStudyReview(check, TestPortal.Reason), driver.Ref);
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        await _portal.DecideAsync(await _portal.CreateOfficerAsync(authorities: ["鄂A"]), caseId, uphold: false);

        Assert.Equal(0, await CreditedAsync(driver));
        var round = await _portal.RoundOfAsync(driver);
        Assert.Equal((RoundState.Studying, _portal.Clock.Now), (round.State, round.Running!.From));
        Assert.Equal(nameof(MessageTemplate.StudyReviewRejected), (await _portal.MessagesToAsync(driver))[^1]);
    }

    [Fact]
    [Trait("Rule", "N-n5")]
    public async Task A_study_review_is_filed_within_24_hours_and_only_under_the_national_rules()
    {
        var (driver, check) = await _portal.DriverWithLostStudyAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(
            RefusalCode.WindowClosed,
            (await _portal.RefusedAsync(new FileStudyReview(check, TestPortal.Reason), driver.Ref)).Code
        );
        var (earlier, other) = await _portal.DriverWithLostStudyAsync("渝A");
        Assert.Equal(
            RefusalCode.ReviewNotOpen,
            (await _portal.RefusedAsync(new FileStudyReview(other, TestPortal.Reason), earlier.Ref)).Code
        );
    }

    [Fact]
    [Trait("Rule", "N-n5")]
    public async Task An_exam_that_should_have_been_accepted_may_be_sat_again_and_does_not_count()
    {
        var (driver, attempt) = await _portal.DriverWithExamNotAcceptedAsync();
        Assert.Equal(RoundState.Invalid, (await _portal.RoundOfAsync(driver)).State);
        var caseId = await _portal.FileReviewAsync(driver, attempt);
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        await _portal.DecideAsync(await _portal.CreateOfficerAsync(authorities: ["鄂A"]), caseId, uphold: true);

        var round = await _portal.RoundOfAsync(driver);
        Assert.Equal((RoundState.ExamOpen, 0), (round.State, round.AttemptsUsed));
        Assert.Equal(nameof(MessageTemplate.ExamRestored), (await _portal.MessagesToAsync(driver))[^1]);
        Assert.Equal(
            nameof(ExamState.Annulled),
            await _portal.ScalarAsync<string>("SELECT state FROM exam_attempts WHERE id = $1", attempt)
        );
        // The whole way from there: the next exam is number one, passes, and the point goes off.
        var again = await _portal.PassExamAsync(driver);
        await _portal.FaceAsync(driver);
        Assert.Equal(
            1,
            await _portal.ScalarAsync<int>("SELECT attempt_number FROM exam_attempts WHERE id = $1", again)
        );
        Assert.Equal(RoundState.Reducing, (await _portal.RoundOfAsync(driver)).State);
    }

    [Fact]
    [Trait("Rule", "S1-31")]
    public async Task Who_waives_the_review_may_resit_at_once_and_cannot_have_it_after_all()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        await _portal.DoAsync(new WaiveReview(attempt), driver.Ref);
        Assert.Equal(RoundState.ResitOpen, (await _portal.RoundOfAsync(driver)).State);
        Assert.Equal(
            RefusalCode.ReviewNotOpen,
            (await _portal.RefusedAsync(new FileReview(attempt, TestPortal.Reason), driver.Ref)).Code
        );
    }

    private static FileIdPhoto AnyPhoto() => new(Guid.NewGuid(), new byte[32], 1000, 480, 640);

    private async Task<int> CreditedAsync(TestDriver driver) =>
        (await _portal.Get<StudyPages>().ReadAsync(driver.Id, default))!.Round.CreditedSeconds;
}
