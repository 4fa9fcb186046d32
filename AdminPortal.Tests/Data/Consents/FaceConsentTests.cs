using AdminPortal.Data.Consents;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Exams;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Consents;

/// <summary>No face data without consent in force; what a withdrawal does to checks, photos and the next application.</summary>
public sealed class FaceConsentTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "D-FACE-CONSENT")]
    public async Task An_application_asks_for_consent_of_its_own_and_keeps_the_wording_that_was_consented_to()
    {
        var driver = await _portal.ImportDriverAsync();
        var form = TestPortal.Application(driver);

        var refusal = await _portal.RefusedAsync(form with { FaceConsent = false }, driver.Ref);
        Assert.Equal((RefusalCode.FaceConsentNotGiven, "faceConsent"), (refusal.Code, refusal.Field));
        refusal = await _portal.RefusedAsync(form with { FaceNoticeVersion = "2019-1" }, driver.Ref);
        Assert.Equal((RefusalCode.NoticeOutdated, "faceConsent"), (refusal.Code, refusal.Field));
        await _portal.DoAsync(form, driver.Ref);

        var view = await _portal.Get<ConsentPages>().ReadAsync(driver.Id, default);
        var given = Assert.Single(view.Steps);
        Assert.Equal((FaceConsentAct.Given, _portal.Clock.Now), (given.Act, given.At));
        Assert.Equal(FaceNotice.Newest.Hash, given.NoticeHash);
        Assert.True(view.IsCurrent);
    }

    [Fact]
    [Trait("Rule", "D-FACE-CONSENT")]
    public async Task A_refused_application_leaves_no_consent()
    {
        var driver = await _portal.ImportDriverAsync(points: 12);
        await _portal.DoAsync(TestPortal.Application(driver), driver.Ref);
        Assert.Empty((await _portal.Get<ConsentPages>().ReadAsync(driver.Id, default)).Steps);
    }

    [Fact]
    [Trait("Rule", "D-FACE-CONSENT")]
    public async Task After_a_withdrawal_no_check_opens_and_no_photo_is_taken_not_even_for_an_open_challenge()
    {
        var driver = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(driver);
        var challenge = await _portal.DoAsync(new OpenFaceChallenge(), driver.Ref);

        await WithdrawAsync(driver);

        Assert.Equal(
            RefusalCode.FaceConsentMissing,
            (await _portal.RefusedAsync(new OpenFaceChallenge(), driver.Ref)).Code
        );
        var photo = SamplePhotos.Named($"{driver.Person.Face}-live").Bytes;
        var submitted = await _portal
            .Get<FaceCheckService>()
            .SubmitAsync(driver.Ref, challenge.ChallengeId, photo, default);
        Assert.Equal(
            RefusalCode.FaceConsentMissing,
            Assert.IsType<Outcome<FaceVerdict>.Refused>(submitted).Refusal.Code
        );
        // The reference photo of the police is not the driver's to withdraw.
        Assert.Single(_portal.Get<PhotoFiles>().All());
    }

    [Fact]
    [Trait("Rule", "D-FACE-CONSENT")]
    public async Task After_a_withdrawal_neither_study_nor_exam_begins_and_a_new_consent_opens_them_again()
    {
        var student = await _portal.DriverInStudyAsync();
        var candidate = await _portal.DriverBeforeExamAsync();
        await WithdrawAsync(student);
        await WithdrawAsync(candidate);
        var study = new BeginStudy(StarterContent.Sections[0].Id);

        Assert.Equal(RefusalCode.FaceConsentMissing, (await _portal.RefusedAsync(study, student.Ref)).Code);
        Assert.Equal(
            RefusalCode.FaceConsentMissing,
            (await _portal.RefusedAsync(new OpenExam(true), candidate.Ref)).Code
        );

        foreach (var driver in new[] { student, candidate })
        {
            await _portal.DoAsync(new GiveFaceConsent(FaceNotice.Newest.Version, true), driver.Ref);
        }
        await _portal.DoAsync(study, student.Ref);
        await _portal.StartExamAsync(candidate);
        Assert.Equal(
            ["Given", "Withdrawn", "Given"],
            await _portal.ColumnAsync<string>(
                "SELECT act FROM face_consents WHERE driver_id = $1 ORDER BY step_number",
                student.Id
            )
        );
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "D-PHOTO-KEEP")]
    public async Task A_withdrawal_erases_rows_and_files_of_what_nothing_needs_and_the_checks_stay_as_a_record()
    {
        var driver = await _portal.DriverWithPhotosOfEndedRoundAsync();
        var other = await _portal.DriverInStudyAsync();
        var before = await LivePhotosAsync(driver);
        Assert.NotEmpty(before);

        var done = await WithdrawAsync(driver);

        Assert.Equal(before.Order(), done.Erased.Order());
        Assert.Equal(0, done.Kept);
        Assert.Empty(await LivePhotosAsync(driver));
        Assert.Empty(_portal.Get<PhotoFiles>().All().Intersect(before));
        Assert.NotEmpty(await LivePhotosAsync(other));
        Assert.Equal(
            before.Count,
            await _portal.ScalarAsync<long>(
                "SELECT count(*) FROM face_checks WHERE driver_id = $1 AND photo_id IS NULL",
                driver.Id
            )
        );
        Assert.False((await _portal.Get<ConsentPages>().ReadAsync(driver.Id, default)).IsCurrent);
        var form = TestPortal.Application(driver) with { FaceConsent = false };
        Assert.Equal(RefusalCode.FaceConsentNotGiven, (await _portal.RefusedAsync(form, driver.Ref)).Code);
    }

    [Fact]
    [Trait("Rule", "D-PHOTO-KEEP")]
    public async Task Photos_that_an_open_review_needs_stay_until_it_ends_and_then_go_by_themselves()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        var @case = await _portal.FileReviewAsync(driver, attempt);
        var photos = await LivePhotosAsync(driver);

        var done = await WithdrawAsync(driver);

        Assert.Equal((0, photos.Count), (done.Erased.Count, done.Kept));
        Assert.Equal(0, await _portal.Get<PhotoEraser>().RunAsync(default));
        await _portal.DecideAsync(await _portal.CreateOfficerAsync(), @case, uphold: true);
        Assert.Equal(0, await _portal.Get<PhotoEraser>().RunAsync(default));
        await _portal.Get<AdminPortal.Data.Points.PointsDispatcher>().RunAsync(default);
        Assert.Equal(photos.Count, await _portal.Get<PhotoEraser>().RunAsync(default));
        Assert.Empty(_portal.Get<PhotoFiles>().All().Intersect(photos));
        await _portal.AssertAuditIsWholeAsync();
    }

    [Theory]
    [Trait("Rule", "D-PHOTO-KEEP")]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    public async Task With_consent_photos_go_thirty_days_after_the_end_of_the_round(int minutes, int erased)
    {
        var driver = await _portal.DriverWithPhotosOfEndedRoundAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(minutes));
        Assert.Equal(erased, await _portal.Get<PhotoEraser>().RunAsync(default));
        Assert.Equal(1 - erased, (await LivePhotosAsync(driver)).Count);
    }

    [Fact]
    [Trait("Rule", "D-FACE-CONSENT")]
    public async Task Of_withdrawals_and_photos_at_the_same_moment_no_photo_is_taken_after_the_withdrawal()
    {
        for (var i = 0; i < 5; i++)
        {
            var driver = await _portal.ImportDriverAsync();
            await _portal.ApplyAsync(driver);
            var challenge = (await _portal.DoAsync(new OpenFaceChallenge(), driver.Ref)).ChallengeId;
            var take = new TakeFacePhoto(challenge, Guid.NewGuid(), new byte[32], 1000, 480, 640);

            await Task.WhenAll(
                _portal.TryAsync(take, driver.Ref),
                _portal.TryAsync(new WithdrawFaceConsent(), driver.Ref),
                _portal.TryAsync(new WithdrawFaceConsent(), driver.Ref)
            );

            // The trail is in the order of the commits.
            var acts = await _portal.ColumnAsync<string>(
                "SELECT act FROM audit_entries WHERE driver_id = $1 AND act IN ('TakeFacePhoto', 'WithdrawFaceConsent') ORDER BY entry_number",
                driver.Id
            );
            Assert.Equal("WithdrawFaceConsent", acts[^1]);
            Assert.Single(acts, "WithdrawFaceConsent");
        }
    }

    private async Task<ConsentWithdrawn> WithdrawAsync(TestDriver driver) =>
        Assert
            .IsType<Outcome<ConsentWithdrawn>.Done>(await _portal.Get<PhotoEraser>().WithdrawAsync(driver.Ref, default))
            .Value;

    private Task<IReadOnlyList<Guid>> LivePhotosAsync(TestDriver driver) =>
        _portal.ColumnAsync<Guid>("SELECT id FROM photos WHERE driver_id = $1 AND kind = 'Live'", driver.Id);
}
