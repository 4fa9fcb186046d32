using AdminPortal.Data.Casework;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Exams;
using AdminPortal.Data.IdPhotoChecks;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Tests.Support;

// What drivers ask the police to decide.
public sealed partial class TestPortal
{
    /// <summary>The real-person verification failed for good: a photo with the identity card may be handed in (S1-27).</summary>
    public async Task<TestDriver> DriverWithFailedVerificationAsync(string authority = "渝A")
    {
        var driver = await ImportDriverAsync(authority);
        await ApplyAsync(driver);
        for (var i = 0; i < 3; i++)
        {
            await FaceAsync(driver, "no-face");
        }
        return driver;
    }

    public async Task<Guid> FileIdPhotoAsync(TestDriver driver)
    {
        var photo = SamplePhotos.Named($"{driver.Person.Face}-live").Bytes;
        return await Get<IdPhotoService>().FileAsync(driver.Ref, photo, default) is Outcome<Guid>.Done done
            ? done.Value
            : throw new InvalidOperationException("The photo was refused.");
    }

    /// <summary>Studied under the national rules until the random check, and failed it three times (N-n5).</summary>
    /// <returns>The driver and the last failed check.</returns>
    public async Task<(TestDriver Driver, Guid Check)> DriverWithLostStudyAsync(string authority = "鄂A")
    {
        var driver = await DriverInStudyAsync(authority);
        var progress = await DoAsync(new BeginStudy(StarterContent.Sections[0].Id), driver.Ref);
        while (!progress.IsCheckDue)
        {
            Clock.Advance(TimeSpan.FromSeconds(45));
            progress = await DoAsync(new TakeBeat(progress.Ticket), driver.Ref);
        }
        for (var i = 0; i < 3; i++)
        {
            await FaceAsync(driver, "no-face");
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var check = await ScalarAsync<Guid>(
            "SELECT id FROM face_checks WHERE driver_id = $1 ORDER BY taken_at DESC LIMIT 1",
            driver.Id
        );
        return (driver, check);
    }

    /// <summary>Failed the face check at the start of an exam under the national rules: not accepted (N-n5).</summary>
    public async Task<(TestDriver Driver, Guid Attempt)> DriverWithExamNotAcceptedAsync(string authority = "鄂A")
    {
        var driver = await DriverBeforeExamAsync(authority);
        var attempt = await DoAsync(new OpenExam(true), driver.Ref);
        for (var i = 0; i < 3; i++)
        {
            await FaceAsync(driver, "no-face");
        }
        await using var db = Db();
        Assert.Equal(ExamState.NotAccepted, (await db.ExamAttempts.FindAsync(attempt))!.State);
        return (driver, attempt);
    }

    /// <summary>Claims a case about a photo and answers it on the version that is shown.</summary>
    public async Task DecideIdPhotoAsync(TestOfficer officer, Guid caseId, bool accept, string reason = "与证件一致。")
    {
        await DoAsync(new ClaimCase(caseId), officer.Ref);
        await DoAsync(new DecideIdPhoto(caseId, (await CaseAsync(caseId)).Version, accept, reason), officer.Ref);
    }
}
