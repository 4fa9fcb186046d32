using AdminPortal.Data.Attendances;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Feedback;
using AdminPortal.Data.IdPhotoChecks;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Feedback;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Demo;

/// <summary>What demonstration drivers ask of the officers, and what officers did about them before: by the product's own acts.</summary>
internal sealed class DemoRequests(
    IDbContextFactory<PortalDb> databases,
    CommandRunner runner,
    PhotoFiles files,
    DemoStory story,
    DemoClock clock
)
{
    public async Task PlayAsync(DemoDriver demo, DateTimeOffset end, CancellationToken ct)
    {
        var driver = new ActorRef(ActorKind.Driver, await story.IdOfAsync(demo, ct));
        clock.Now = end.AddHours(-1);
        switch (demo.Stage)
        {
            case DemoStage.IdPhoto:
                await story.ApplyAsync(demo, driver, ct, "no-face");
                await FailAsync(driver, 2, ct);
                await HandInAsync(demo, driver, ct);
                return;
            case DemoStage.StudyReview:
                await story.ApplyAsync(demo, driver, ct);
                await LoseStudyAsync(demo, driver, ct);
                return;
            case DemoStage.Feedback:
                await FileAsync(demo, driver, ct);
                return;
            case DemoStage.Appeal:
                await BlacklistAsync(demo, driver, ct);
                return;
            case DemoStage.Attendance:
                await AttendAsync(driver, ct);
                return;
        }
    }

    private async Task FailAsync(ActorRef driver, int times, CancellationToken ct)
    {
        for (var i = 0; i < times; i++)
        {
            clock.Now = clock.Now.AddSeconds(20);
            await story.FaceAsync(driver, "no-face", ct);
        }
    }

    private async Task HandInAsync(DemoDriver demo, ActorRef driver, CancellationToken ct)
    {
        clock.Now = clock.Now.AddMinutes(4);
        var photo = SamplePhotos.Named($"{demo.Face}-live").Bytes;
        _ = DemoStory.Value(await new IdPhotoService(runner, files).FileAsync(driver, photo, ct));
    }

    private async Task LoseStudyAsync(DemoDriver demo, ActorRef driver, CancellationToken ct)
    {
        var progress = await story.DoAsync(new BeginStudy(StarterContent.Sections[0].Id), driver, ct);
        while (!progress.IsCheckDue)
        {
            clock.Now = clock.Now.AddSeconds(40);
            progress = await story.DoAsync(new TakeBeat(progress.Ticket), driver, ct);
        }
        await FailAsync(driver, 3, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var check = await db
            .FaceChecks.Where(c => c.DriverId == driver.Id)
            .OrderByDescending(c => c.At)
            .Select(c => c.Id)
            .FirstAsync(ct);
        clock.Now = clock.Now.AddMinutes(5);
        await story.DoAsync(new FileStudyReview(check, demo.Reason), driver, ct);
    }

    private async Task FileAsync(DemoDriver demo, ActorRef driver, CancellationToken ct)
    {
        var service = new FeedbackService(runner, files);
        var photo = new PhotoUpload("photo1", SamplePhotos.Named("no-face").Bytes);
        _ = DemoStory.Value(
            await service.FileAsync(driver, Guid.NewGuid(), FeedbackKind.SystemFault, demo.Reason, [photo], ct)
        );
        clock.Now = clock.Now.AddMinutes(9);
        _ = DemoStory.Value(
            await service.FileAsync(
                driver,
                Guid.NewGuid(),
                FeedbackKind.DataCorrection,
                "登记的手机号码已经停用，请更正为现在使用的号码。",
                [],
                ct
            )
        );
    }

    private async Task BlacklistAsync(DemoDriver demo, ActorRef driver, CancellationToken ct)
    {
        var entry = await story.DoAsync(
            new ProposeBlacklisting(
                driver.Id,
                BlacklistGround.Proxy,
                "考试期间三次抓拍的人脸与驾驶证照片不符，疑似由他人代考。",
                null
            ),
            await OfficerAsync(Role.Reviewer, ct),
            ct
        );
        clock.Now = clock.Now.AddMinutes(15);
        await story.DoAsync(new ConfirmBlacklisting(entry), await OfficerAsync(Role.Supervisor, ct), ct);
        clock.Now = clock.Now.AddMinutes(30);
        var papers = new[] { SamplePhotos.Named($"{demo.Face}-live").Bytes, SamplePaper.Bytes };
        _ = DemoStory.Value(await new AppealService(runner, files).FileAsync(driver, entry, demo.Reason, papers, ct));
    }

    private async Task AttendAsync(ActorRef driver, CancellationToken ct)
    {
        var recorder = await OfficerAsync(Role.Reviewer, ct);
        var day = ChinaTime.DateOf(clock.Now);
        var study = await story.DoAsync(
            new RecordAttendance(
                driver.Id,
                new AttendanceFacts(AttendanceKind.OnSite, day.AddDays(-3), 65, true, "江岸大队教育室")
            ),
            recorder,
            ct
        );
        await story.DoAsync(new ConfirmAttendance(study), await OfficerAsync(Role.Supervisor, ct), ct);
        clock.Now = clock.Now.AddMinutes(3);
        await story.DoAsync(
            new RecordAttendance(
                driver.Id,
                new AttendanceFacts(AttendanceKind.PublicService, day, 90, false, "斑马线文明劝导")
            ),
            recorder,
            ct
        );
    }

    private async Task<ActorRef> OfficerAsync(Role role, CancellationToken ct)
    {
        var badge = DemoLoader.Officers.First(o => o.Role == role).Badge;
        await using var db = await databases.CreateDbContextAsync(ct);
        return new ActorRef(
            ActorKind.Staff,
            await db.Users.Where(u => u.UserName == badge).Select(u => u.Id).SingleAsync(ct)
        );
    }
}
