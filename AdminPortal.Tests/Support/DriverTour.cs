using AdminPortal.Data.Casework;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Exams;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain.Feedback;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Questions;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Support;

/// <summary>One page in one state.</summary>
/// <param name="Name">What a reader of a failure needs to know.</param>
/// <param name="Who">The person signed in; null for nobody.</param>
/// <param name="Path">Where the page is.</param>
/// <param name="Act">What is done on the page to bring it into the state; null for the page as it opens.</param>
/// <param name="Status">The status code of the page as it opens.</param>
internal sealed record TourStop(
    string Name,
    TestDriver? Who,
    string Path,
    Func<IPage, Task>? Act = null,
    int Status = 200
);

/// <summary>Every page of the drivers' side in every state it has, each with a driver who stands there.</summary>
internal static class DriverTour
{
    private const string Submit = "main form button.button:not([type=button])";

    /// <summary>Brings the drivers to where the stops need them; afterwards the clock must stand still.</summary>
    public static async Task<IReadOnlyList<TourStop>> PrepareAsync(PortalServer server)
    {
        var portal = server.Portal;
        var (reduced, reducedAttempt) = await DecidedAsync(portal, uphold: true);
        var (rejected, rejectedAttempt) = await DecidedAsync(portal, uphold: false);
        var (waiting, waitingAttempt) = await portal.DriverWithInvalidResultAsync();
        await portal.FileReviewAsync(waiting, waitingAttempt);
        var (invalid, invalidAttempt) = await portal.DriverWithInvalidResultAsync();
        var closing = await portal.DriverBeforeExamAsync();
        await portal.PassExamAsync(closing);
        var failed = await portal.DriverBeforeExamAsync();
        var failedAttempt = await portal.StartExamAsync(failed);
        await portal.AnswerAllAsync(failed, failedAttempt, wrong: 3);
        var spared = await portal.DriverBeforeExamAsync("渝B");
        await portal.AnswerAllAsync(spared, await portal.StartExamAsync(spared), wrong: 3);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await portal.ConfirmOutageAsync(portal.OutageNow(ServicePart.Everything, authority: "渝B"));
        var ready = await portal.DriverBeforeExamAsync();
        var checkDue = await portal.DriverInStudyAsync();
        await StudyUntilCheckAsync(portal, checkDue);
        var enough = await portal.DriverInStudyAsync();
        await portal.StudyAsync(enough);
        var studying = await portal.DriverInStudyAsync();
        var national = await portal.DriverInStudyAsync("鄂A");
        var opening = await portal.DriverBeforeExamAsync();
        await portal.DoAsync(new OpenExam(true), opening.Ref);
        var approved = await portal.ImportDriverAsync();
        await portal.ApplyAsync(approved);
        var blocked = await portal.ImportDriverAsync();
        await portal.ApplyAsync(blocked);
        for (var i = 0; i < 3; i++)
        {
            await portal.FaceAsync(blocked, "no-face");
        }
        var photographed = await portal.DriverWithFailedVerificationAsync();
        await portal.FileIdPhotoAsync(photographed);
        var unrecognised = await portal.DriverWithFailedVerificationAsync();
        await portal.DecideIdPhotoAsync(
            await portal.CreateOfficerAsync(),
            await portal.FileIdPhotoAsync(unrecognised),
            accept: false
        );
        var (lost, lostCheck) = await portal.DriverWithLostStudyAsync();
        var (studyReviewed, reviewedCheck) = await portal.DriverWithLostStudyAsync();
        await portal.DoAsync(new FileStudyReview(reviewedCheck, TestPortal.Reason), studyReviewed.Ref);
        var (notAccepted, notAcceptedExam) = await portal.DriverWithExamNotAcceptedAsync();
        var refused = await portal.ImportDriverAsync(points: 12, status: "ABM");
        var refusal = await portal.DoAsync(TestPortal.Application(refused), refused.Ref);
        var blacklisted = await portal.ImportDriverAsync();
        var entry = await portal.BlacklistAsync(blacklisted);
        var appealing = await portal.ImportDriverAsync();
        var appealed = await portal.BlacklistAsync(appealing);
        await portal.AppealAsync(appealing, appealed, pdfs: 1);
        var cleared = await portal.ImportDriverAsync();
        var lifted = await portal.BlacklistAsync(cleared);
        await portal.UpholdAppealAsync(await portal.AppealAsync(cleared, lifted));
        var early = await portal.ImportDriverAsync("渝F");
        var fresh = await portal.ImportDriverAsync();
        var late = await portal.DriverBeforeExamAsync();
        var lateAttempt = await portal.StartExamAsync(late);
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        var asking = await portal.ImportDriverAsync();
        var officer = await portal.CreateOfficerAsync();
        var (questioned, question) = await AskedAsync(portal, officer);
        var (forthcoming, answer) = await AskedAsync(portal, officer);
        await portal.DoAsync(new GiveEvidence(answer, "当天在车内，光线很暗。", []), forthcoming.Ref);
        var ticket = await portal.FileFeedbackAsync(asking, FeedbackKind.FaceMisjudged, photos: 2);
        var answered = await portal.FileFeedbackAsync(asking, FeedbackKind.ReductionMissing);
        await portal.AnswerAsync(officer, answered, true, "经核实已办理，请稍后查看。");
        var closed = await portal.FileFeedbackAsync(asking, FeedbackKind.AbuseReport);
        await portal.AnswerAsync(officer, closed, false, "内容不清楚，请补充后重新提交。");
        var many = await portal.ImportDriverAsync();
        for (var i = 0; i < FeedbackTicket.MostOpen; i++)
        {
            await portal.FileFeedbackAsync(many);
        }
        var foreign = await portal.ImportDriverAsync("渝H");
        var sitting = await portal.DriverBeforeExamAsync();
        var sittingAttempt = await portal.StartExamAsync(sitting);
        await portal.GivePicturesAsync(sittingAttempt);
        await portal.GivePicturesAsync(reducedAttempt);
        var withdrawn = await portal.DriverInStudyAsync();
        await portal.Get<PhotoEraser>().WithdrawAsync(withdrawn.Ref, default);
        var ownPhoto = await portal.ScalarAsync<Guid>(
            "SELECT id FROM photos WHERE driver_id = $1 AND kind = 'Live' LIMIT 1",
            reduced.Id
        );
        var attending = await portal.ImportDriverAsync("鄂A", points: 6);
        await portal.DecideAttendancesAsync(attending);
        var changed = await portal.ImportDriverWithPenaltyChangeAsync();
        var carrying = await portal.ImportDriverAsync(points: 4, more: portal.OverdueViolation);
        await server.RunJobsAsync();
        return
        [
            new("entrance", null, "/"),
            new("sign-in", null, "/driver/sign-in"),
            new("sign-in, nothing filled in", null, "/driver/sign-in", ForceAsync),
            new("sign-in, a number that is none", null, "/driver/sign-in", BadNumberAsync),
            new("code", null, "/driver/sign-in", page => CodeAsync(page, fresh.Person)),
            new("code, wrong", null, "/driver/sign-in", page => WrongCodeAsync(page, TestPeople.Number(9_999))),
            new("no such page", null, "/no-such-page", Status: 404),
            new("development people", null, "/dev"),
            new("development inbox", null, "/dev/inbox"),
            new("home, entitled", fresh, "/driver"),
            new("application", fresh, "/driver/application"),
            new("application, notice not accepted", fresh, "/driver/application", ForceAsync),
            new("no round yet", fresh, "/driver/round"),
            new("no messages yet", fresh, "/driver/messages"),
            new("no such page, signed in", fresh, $"/driver/review/{Guid.Empty}", Status: 404),
            new("home, early scheme", early, "/driver"),
            new("application, early scheme", early, "/driver/application"),
            new("home, attendances", attending, "/driver"),
            new("home, a penalty changed", changed, "/driver"),
            new("home, points carried over", carrying, "/driver"),
            new("home, refused", refused, "/driver"),
            new("application with little hope", refused, "/driver/application"),
            new("decision, refused", refused, $"/driver/application/{refusal.ApplicationId}"),
            new("home, approved", approved, "/driver"),
            new("verification", approved, "/driver/face"),
            new("verification, no photo", approved, "/driver/face", ForceAsync),
            new("study, not verified", approved, "/driver/study"),
            new("verification blocked", blocked, "/driver/face"),
            new("home, verification blocked", blocked, "/driver"),
            new("ID photo form", blocked, "/driver/id-photo"),
            new("ID photo form, no photo", blocked, "/driver/id-photo", ForceAsync),
            new("ID photo waiting", photographed, "/driver/id-photo"),
            new("home, ID photo waiting", photographed, "/driver"),
            new("round, ID photo waiting", photographed, "/driver/round"),
            new("ID photo refused", unrecognised, "/driver/id-photo"),
            new("study lost", lost, "/driver/study"),
            new("study review form", lost, $"/driver/review/{lostCheck}"),
            new("study under review", studyReviewed, $"/driver/review/{reviewedCheck}"),
            new("home, study under review", studyReviewed, "/driver"),
            new("result, not accepted", notAccepted, $"/driver/exam/{notAcceptedExam}"),
            new("review form, not accepted", notAccepted, $"/driver/review/{notAcceptedExam}"),
            new("home, not accepted", notAccepted, "/driver"),
            new("home, in study", studying, "/driver"),
            new("study", studying, "/driver/study"),
            new("study section", studying, SectionPath(video: false)),
            new("study section with a video", studying, SectionPath(video: true)),
            new("study section, the video in words", studying, SectionPath(video: true), UnfoldAsync),
            new("study, national", national, "/driver/study"),
            new("round, in study", studying, "/driver/round"),
            new("study, check due", checkDue, "/driver/study"),
            new("study check", checkDue, "/driver/face"),
            new("study, enough", enough, "/driver/study"),
            new("exam notice", ready, "/driver/exam"),
            new("exam notice, not read", ready, "/driver/exam", ForceAsync),
            new("exam start check", opening, "/driver/face"),
            new("question", sitting, $"/driver/exam/{sittingAttempt}"),
            new("question, nothing chosen", sitting, $"/driver/exam/{sittingAttempt}", ForceAsync),
            new("question, time over", late, $"/driver/exam/{lateAttempt}"),
            new("closing check", closing, "/driver/face"),
            new("result, failed", failed, $"/driver/exam/{failedAttempt}"),
            new("home, resit", failed, "/driver"),
            new("resit notice", failed, "/driver/exam"),
            new("result, invalid", invalid, $"/driver/exam/{invalidAttempt}"),
            new("home, invalid", invalid, "/driver"),
            new("review form", invalid, $"/driver/review/{invalidAttempt}"),
            new("review form, no reason", invalid, $"/driver/review/{invalidAttempt}", ForceAsync),
            new("review under way", waiting, $"/driver/review/{waitingAttempt}"),
            new("round, review under way", waiting, "/driver/round"),
            new("review rejected", rejected, $"/driver/review/{rejectedAttempt}"),
            new("review upheld", reduced, $"/driver/review/{reducedAttempt}"),
            new("answers explained", reduced, $"/driver/exam/{reducedAttempt}/answers"),
            new("home, reduced", reduced, "/driver"),
            new("round, after an outage", spared, "/driver/round"),
            new("round, reduced", reduced, "/driver/round"),
            new("messages", reduced, "/driver/messages"),
            new("my data", reduced, "/driver/data", UnfoldAsync),
            new("my data, in full", reduced, "/driver/data", page => SubmitAsync(page, "/driver/data/identity")),
            new("my data, no consent yet", fresh, "/driver/data", UnfoldAsync),
            new("my data, a copy too soon", early, "/driver/data", CopyTwiceAsync),
            new("my photos", reduced, "/driver/data/photos"),
            new("my photo", reduced, $"/driver/data/photos/{ownPhoto}"),
            new("my photos, with a PDF", appealing, "/driver/data/photos"),
            new("my photos, only the police's", fresh, "/driver/data/photos"),
            new("photo of another", fresh, $"/driver/data/photos/{ownPhoto}", Status: 404),
            new("who looked", reduced, "/driver/data/accesses"),
            new("who looked, nobody", fresh, "/driver/data/accesses"),
            new("what I did", reduced, "/driver/data/accesses/mine"),
            new("what the product did", reduced, "/driver/data/accesses/product"),
            new("consent", reduced, "/driver/data/consent"),
            new("notices", reduced, "/driver/data/notices", UnfoldAsync),
            new("consent, withdrawal", reduced, "/driver/data/consent/withdrawal"),
            new("consent, withdrawal in a round", studying, "/driver/data/consent/withdrawal"),
            new("consent, never given", fresh, "/driver/data/consent"),
            new("consent, withdrawn", withdrawn, "/driver/data/consent"),
            new("consent, given without its box", withdrawn, "/driver/data/consent", ForceAsync),
            new("face check without consent", withdrawn, "/driver/face", Status: 409),
            new("home without consent", withdrawn, "/driver"),
            new("home, evidence asked", questioned, "/driver"),
            new("evidence asked", questioned, $"/driver/evidence/{question}"),
            new("evidence, nothing given", questioned, $"/driver/evidence/{question}", ForceAsync),
            new("evidence given", forthcoming, $"/driver/evidence/{answer}"),
            new("evidence of another", fresh, $"/driver/evidence/{question}", Status: 404),
            new("feedback", fresh, "/driver/feedback"),
            new("feedback, nothing filled in", fresh, "/driver/feedback", ForceAsync),
            new("feedback, with tickets", asking, "/driver/feedback"),
            new("feedback, five open", many, "/driver/feedback"),
            new("feedback, nobody to answer", foreign, "/driver/feedback"),
            new("home, authority not open", foreign, "/driver"),
            new("ticket, waiting", asking, $"/driver/feedback/{ticket}"),
            new("ticket, answered", asking, $"/driver/feedback/{answered}"),
            new("ticket, not taken up", asking, $"/driver/feedback/{closed}"),
            new("ticket of another", fresh, $"/driver/feedback/{ticket}", Status: 404),
            new("home, blacklisted", blacklisted, "/driver"),
            new("blacklist", blacklisted, "/driver/blacklist"),
            new("appeal form", blacklisted, $"/driver/blacklist/{entry}/appeal"),
            new("appeal form, no reason", blacklisted, $"/driver/blacklist/{entry}/appeal", ForceAsync),
            new("blacklist, appealed", appealing, "/driver/blacklist"),
            new("appeal under way", appealing, $"/driver/blacklist/{appealed}/appeal"),
            new("blacklist, lifted", cleared, "/driver/blacklist"),
            new("appeal upheld", cleared, $"/driver/blacklist/{lifted}/appeal"),
        ];
    }

    /// <summary>Submits the page's form as it is, past the browser's own checks.</summary>
    public static async Task ForceAsync(IPage page)
    {
        await page.EvaluateAsync("() => document.querySelectorAll('form').forEach(f => { f.noValidate = true; })");
        await page.FollowAsync(() => page.Locator(Submit).First.ClickAsync());
    }

    /// <summary>Opens everything that is folded.</summary>
    private static Task UnfoldAsync(IPage page) =>
        page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => { d.open = true; })");

    private static Task SubmitAsync(IPage page, string action) =>
        page.FollowAsync(() => page.ClickAsync($"form[action='{action}'] button"));

    // The first copy is a download, which leads to no page.
    private static async Task CopyTwiceAsync(IPage page)
    {
        const string json = "form[action='/driver/data/export'] button[value=json]";
        if (await page.Locator("#error-summary").CountAsync() == 0)
        {
            await page.EvaluateAsync(
                "() => { const form = document.querySelector(\"form[action='/driver/data/export']\"); return fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).then(r => r.text()); }"
            );
        }
        await page.FollowAsync(() => page.ClickAsync(json));
    }

    private static string SectionPath(bool video) =>
        $"/driver/study/{StarterContent.Sections.First(s => s.Video is not null == video).Id}";

    private static async Task BadNumberAsync(IPage page)
    {
        await page.FillAsync("#name", "测试");
        await page.FillAsync("#idNumber", "12345");
        await ForceAsync(page);
    }

    private static async Task CodeAsync(IPage page, TestPerson person)
    {
        await page.FillAsync("#name", person.Name);
        await page.FillAsync("#idNumber", person.IdNumber);
        await ForceAsync(page);
    }

    private static async Task WrongCodeAsync(IPage page, TestPerson person)
    {
        await CodeAsync(page, person);
        await page.FillAsync("#code", "000000");
        await ForceAsync(page);
    }

    private static async Task<(TestDriver Driver, Guid Attempt)> DecidedAsync(TestPortal portal, bool uphold)
    {
        var (driver, attempt) = await portal.DriverWithInvalidResultAsync();
        var @case = await portal.FileReviewAsync(driver, attempt);
        await portal.DecideAsync(await portal.CreateOfficerAsync(), @case, uphold);
        return (driver, attempt);
    }

    private static async Task StudyUntilCheckAsync(TestPortal portal, TestDriver driver)
    {
        var progress = await portal.DoAsync(new BeginStudy(StarterContent.Sections[0].Id), driver.Ref);
        while (!progress.IsCheckDue)
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(45));
            progress = await portal.DoAsync(new TakeBeat(progress.Ticket), driver.Ref);
        }
    }

    /// <summary>A driver with a ticket about which an officer asks for evidence.</summary>
    private static async Task<(TestDriver Driver, Guid Case)> AskedAsync(TestPortal portal, TestOfficer officer)
    {
        var driver = await portal.ImportDriverAsync();
        var id = await portal.FileFeedbackAsync(driver);
        await portal.DoAsync(new ClaimCase(id), officer.Ref);
        await portal.DoAsync(new AskEvidence(id, "IMG_2026-03-09.jpg"), officer.Ref);
        return (driver, id);
    }
}
