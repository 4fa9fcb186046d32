using AdminPortal.Data.Applications;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exams;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Demo;

/// <summary>
/// Lets a demonstration driver go through the product's own acts, on a clock that is turned back: nothing is written that a
/// real driver could not have caused.
/// </summary>
internal sealed class DemoStory(
    IDbContextFactory<PortalDb> databases,
    CommandRunner runner,
    FaceCheckService faces,
    Privacy.FieldCipher cipher,
    DemoClock clock
)
{
    public async Task PlayAsync(DemoDriver demo, DateTimeOffset end, CancellationToken ct)
    {
        var driver = new ActorRef(ActorKind.Driver, await IdOfAsync(demo, ct));
        switch (demo.Stage)
        {
            case DemoStage.Fresh:
            case DemoStage.IdPhoto:
            case DemoStage.StudyReview:
            case DemoStage.Feedback:
            case DemoStage.Appeal:
            case DemoStage.Attendance:
            case DemoStage.PointsMoved:
                // Nothing before, or what DemoRequests lets them ask for.
                return;
            case DemoStage.Refused:
                clock.Now = end.AddHours(-1);
                await ApplyAsync(demo, driver, ct);
                return;
            case DemoStage.AlmostStudied:
                clock.Now = end.AddMinutes(-40);
                await ApplyAsync(demo, driver, ct);
                await StudyAsync(demo, driver, 29, ct);
                return;
            case DemoStage.ExamOpen:
                clock.Now = end.AddHours(-2);
                await ApplyAsync(demo, driver, ct);
                await StudyAsync(demo, driver, 30, ct);
                await DoAsync(new FileCompletion(), driver, ct);
                return;
            case DemoStage.Invalid:
            case DemoStage.UnderReview:
                clock.Now = end.AddHours(-2);
                await ApplyAsync(demo, driver, ct);
                await StudyAsync(demo, driver, 30, ct);
                await DoAsync(new FileCompletion(), driver, ct);
                var attempt = await PassAsync(demo, driver, ordinal => 14 + ordinal % 5 * 6, ct);
                await FailLastCheckAsync(demo, driver, ct);
                if (demo.Stage == DemoStage.UnderReview)
                {
                    clock.Now = clock.Now.AddMinutes(7);
                    await DoAsync(new FileReview(attempt, demo.Reason), driver, ct);
                }
                return;
            case DemoStage.Hasty:
                clock.Now = end.AddHours(-2);
                await ApplyAsync(demo, driver, ct);
                await StudyAsync(demo, driver, 30, ct);
                await DoAsync(new FileCompletion(), driver, ct);
                await PassAsync(demo, driver, ordinal => 1 + ordinal % 2, ct);
                await FaceAsync(driver, $"{demo.Face}-live", ct);
                return;
        }
    }

    /// <summary>Applies, and verifies the person when it is approved.</summary>
    /// <param name="sample">The photo that is taken; by default the driver's own face.</param>
    public async Task ApplyAsync(DemoDriver demo, ActorRef driver, CancellationToken ct, string? sample = null)
    {
        var form = new Apply(
            Guid.NewGuid(),
            ServiceNotice.Newest.Version,
            true,
            FaceNotice.Newest.Version,
            true,
            demo.Mobile
        );
        if ((await DoAsync(form, driver, ct)).IsApproved)
        {
            await FaceAsync(driver, sample ?? $"{demo.Face}-live", ct);
        }
    }

    private async Task StudyAsync(DemoDriver demo, ActorRef driver, int minutes, CancellationToken ct)
    {
        var section = 0;
        var progress = await DoAsync(new BeginStudy(StarterContent.Sections[section].Id), driver, ct);
        while (progress.CreditedSeconds < minutes * 60)
        {
            clock.Now = clock.Now.AddSeconds(40);
            progress = await DoAsync(new TakeBeat(progress.Ticket), driver, ct);
            if (progress.IsCheckDue)
            {
                clock.Now = clock.Now.AddSeconds(12);
                await FaceAsync(driver, $"{demo.Face}-live", ct);
                section++;
                progress = await DoAsync(new BeginStudy(StarterContent.Sections[section].Id), driver, ct);
            }
        }
    }

    /// <summary>Sits the exam up to its closing check.</summary>
    /// <param name="seconds">How long each question takes.</param>
    private async Task<Guid> PassAsync(DemoDriver demo, ActorRef driver, Func<int, int> seconds, CancellationToken ct)
    {
        var attempt = await DoAsync(new OpenExam(true), driver, ct);
        for (var wrong = 0; ; )
        {
            var (state, ordinal, order, key) = await OpenQuestionAsync(attempt, ct);
            switch (state)
            {
                case ExamState.Opening or ExamState.Paused:
                    clock.Now = clock.Now.AddSeconds(9);
                    await FaceAsync(driver, $"{demo.Face}-live", ct, sameFile: demo.Stage == DemoStage.Hasty);
                    continue;
                case ExamState.Closing:
                    return attempt;
            }
            clock.Now = clock.Now.AddSeconds(seconds(ordinal));
            var positions = key.Select(index => order.ToList().IndexOf(index)).ToList();
            if (ordinal is 5 or 12 && wrong < 2)
            {
                wrong++;
                positions = [positions[0] == 0 ? 1 : 0];
            }
            await DoAsync(new AnswerQuestion(attempt, ordinal, positions), driver, ct);
        }
    }

    private async Task FailLastCheckAsync(DemoDriver demo, ActorRef driver, CancellationToken ct)
    {
        await FaceAsync(driver, "no-face", ct);
        clock.Now = clock.Now.AddSeconds(20);
        // The drawn faces B and A are the strangers of each other's story.
        await FaceAsync(driver, demo.Face == 'A' ? "B-live" : "A-live", ct);
        clock.Now = clock.Now.AddSeconds(20);
        await FaceAsync(driver, "no-face", ct);
    }

    /// <param name="sameFile">The very file that was sent before, where others take a photo anew.</param>
    public async Task FaceAsync(ActorRef driver, string sample, CancellationToken ct, bool sameFile = false)
    {
        var photo = SamplePhotos.Named(sample);
        var challenge = await DoAsync(new OpenFaceChallenge(), driver, ct);
        var outcome = await faces.SubmitAsync(driver, challenge.ChallengeId, sameFile ? photo.Bytes : photo.Shot(), ct);
        _ = Value(outcome);
    }

    private async Task<(
        ExamState State,
        int Ordinal,
        IReadOnlyList<int> Order,
        IReadOnlyList<int> Key
    )> OpenQuestionAsync(Guid attemptId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var attempt = await db.ExamAttempts.AsNoTracking().SingleAsync(a => a.Id == attemptId, ct);
        var open = await (
            from item in db.ExamItems
            join version in db.QuestionVersions on item.VersionId equals version.Id
            where item.AttemptId == attemptId && item.Ordinal == Math.Max(attempt.Ordinal, 1)
            select new { item.OptionOrder, version.Key }
        ).SingleAsync(ct);
        return (attempt.State, attempt.Ordinal, open.OptionOrder, open.Key);
    }

    public async Task<Guid> IdOfAsync(DemoDriver demo, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var key = ResidentId.TryParse(demo.IdNumber, out var id) ? cipher.IdNumberKey(id) : [];
        return await db.Drivers.Where(d => d.IdNumberKey == key).Select(d => d.Id).SingleAsync(ct);
    }

    public async Task<T> DoAsync<T>(ICommand<T> command, ActorRef who, CancellationToken ct) =>
        Value(await runner.RunAsync(command, who, ct));

    public static T Value<T>(Outcome<T> outcome) =>
        outcome is Outcome<T>.Done done
            ? done.Value
            : throw new InvalidOperationException(
                $"The demonstration was refused: {((Outcome<T>.Refused)outcome).Refusal.Code}."
            );
}
