using AdminPortal.Data.Casework;
using AdminPortal.Data.Reviews;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Feedback;
using Microsoft.Playwright;

namespace AdminPortal.Tests.Support;

/// <summary>One page of the officers' side in one state; see <see cref="TourStop"/>.</summary>
/// <param name="Ready">A selector that is there when the page is: the pages are drawn by their circuit.</param>
internal sealed record StaffStop(
    string Name,
    TestOfficer? Who,
    string Path,
    string Ready,
    Func<IPage, Task>? Act = null,
    int Status = 200
);

/// <summary>Every page of the officers' side in every state it has.</summary>
internal static partial class StaffTour
{
    private const string QueueReady = "html[data-keys~=n] .counters";
    private const string DeskReady = "html[data-keys~=u] .desk";

    public static async Task<IReadOnlyList<StaffStop>> PrepareAsync(PortalServer server)
    {
        if (Environment.GetEnvironmentVariable("HA_TOUR") is not null)
        {
            return await AdministrationAsync(server);
        }
        var portal = server.Portal;
        var officer = await portal.CreateOfficerAsync(Role.Reviewer, ["渝A", "渝B"]);
        var idle = await portal.CreateOfficerAsync(Role.Reviewer, ["渝F"]);
        var other = await portal.CreateOfficerAsync();
        var auditor = await portal.CreateOfficerAsync(Role.Auditor, []);
        var starter = await portal.CreateOfficerAsync();
        var decided = await CaseAsync(portal);
        await portal.DecideAsync(other, decided, uphold: true);
        var cases = await portal.SeedCasesAsync(4);
        await portal.ExecuteAsync(
            "UPDATE cases SET due_at = $1, due_on = $2 WHERE id = $3",
            portal.Clock.Now.AddHours(-20),
            new DateOnly(2026, 3, 9),
            cases[1]
        );
        var (mine, theirs) = (await CaseAsync(portal), await CaseAsync(portal));
        var photographed = await portal.DriverWithFailedVerificationAsync();
        var idPhoto = await portal.FileIdPhotoAsync(photographed);
        var (student, check) = await portal.DriverWithLostStudyAsync();
        var national = await portal.CreateOfficerAsync(Role.Reviewer, ["鄂A"]);
        var studyCase = await portal.DoAsync(new FileStudyReview(check, TestPortal.Reason), student.Ref);
        var (examinee, exam) = await portal.DriverWithExamNotAcceptedAsync();
        var examCase = await portal.FileReviewAsync(examinee, exam);
        await portal.DoAsync(new ClaimCase(examCase), national.Ref);
        var answered = await portal.FileFeedbackAsync(await portal.ImportDriverAsync(), FeedbackKind.SystemFault);
        await portal.AnswerAsync(other, answered, true, "已修复，请重新办理。");
        var asker = await portal.DriverInStudyAsync();
        var misjudged = await portal.FileFeedbackAsync(asker, FeedbackKind.FaceMisjudged);
        var correction = await portal.FileFeedbackAsync(asker, FeedbackKind.DataCorrection, photos: 2);
        var chief = await portal.CreateOfficerAsync(Role.Supervisor);
        var suspect = await portal.ImportDriverAsync();
        var proposal = await portal.ProposeAsync(other, suspect);
        var blacklisted = await portal.ImportDriverAsync();
        var entry = await portal.BlacklistAsync(blacklisted);
        var appeal = await portal.AppealAsync(blacklisted, entry);
        await portal.AnswerAppealAsync(other, appeal, uphold: true);
        var attending = await portal.ImportDriverAsync("鄂A", points: 6);
        var attendances = await portal.DecideAttendancesAsync(attending);
        var barred = await portal.ImportDriverAsync("鄂A", points: 12);
        var nationalChief = await portal.CreateOfficerAsync(Role.Supervisor, ["鄂A"]);
        // The claims come last: making a case takes longer than a lease.
        await portal.DoAsync(new ClaimCase(mine), officer.Ref);
        await portal.DoAsync(new ClaimCase(theirs), other.Ref);
        await portal.DoAsync(new ClaimCase(correction), officer.Ref);
        return
        [
            new("sign-in", null, "/account/sign-in", "#badge"),
            new("sign-in failed", null, "/account/sign-in", "#badge", FailAsync),
            new("activate", null, "/account/activate", "#badge"),
            new("activate failed", null, "/account/activate", "#badge", FailActivationAsync),
            new("enrol", null, "/account/activate", "#badge", page => EnrolAsync(page, starter)),
            new("enrol, weak password", null, "/account/activate", "#badge", page => EnrolBadlyAsync(page, starter)),
            new("queue", officer, "/staff/reviews", QueueReady),
            new("queue, overdue", officer, "/staff/reviews?filter=overdue", QueueReady),
            new("queue, decided", other, "/staff/reviews?filter=decided", QueueReady),
            new("queue, nothing awaits the calendar", officer, "/staff/reviews?filter=awaiting", ".empty"),
            new("queue, empty", idle, "/staff/reviews", ".empty"),
            new("queue, keys", officer, "/staff/reviews", QueueReady, page => page.Keyboard.PressAsync("?")),
            new("desk, free", officer, $"/staff/reviews/{cases[0]}", DeskReady),
            new("desk, held by another", officer, $"/staff/reviews/{theirs}", DeskReady),
            new("desk, mine", officer, $"/staff/reviews/{mine}", DeskReady),
            new("desk, upholding", officer, $"/staff/reviews/{mine}", DeskReady, page => ChooseAsync(page, "u")),
            new("desk, rejecting", officer, $"/staff/reviews/{mine}", DeskReady, page => ChooseAsync(page, "d")),
            new("desk, no reason", officer, $"/staff/reviews/{mine}", DeskReady, NoReasonAsync),
            new("desk, to confirm", officer, $"/staff/reviews/{mine}", DeskReady, ConfirmAsync),
            new("desk, ID photo", officer, $"/staff/reviews/{idPhoto}", DeskReady, ClaimAsync),
            new(
                "desk, ID photo refused",
                officer,
                $"/staff/reviews/{idPhoto}",
                DeskReady,
                page => ChooseAsync(page, "d")
            ),
            new("desk, study review", national, $"/staff/reviews/{studyCase}", DeskReady, ClaimAsync),
            new(
                "desk, exam not accepted",
                national,
                $"/staff/reviews/{examCase}",
                DeskReady,
                page => ChooseAsync(page, "u")
            ),
            new("desk, decided", other, $"/staff/reviews/{decided}", ".verdict"),
            new("desk, feedback on a face", officer, $"/staff/reviews/{misjudged}", DeskReady),
            new("desk, feedback", officer, $"/staff/reviews/{correction}", DeskReady),
            new("desk, answering", officer, $"/staff/reviews/{correction}", DeskReady, page => ChooseAsync(page, "u")),
            new("desk, closing", officer, $"/staff/reviews/{correction}", DeskReady, page => ChooseAsync(page, "d")),
            new("desk, answered", other, $"/staff/reviews/{answered}", ".verdict"),
            new("desk, no such case", officer, $"/staff/reviews/{Guid.Empty}", ".sheet"),
            new("desk, appeal to confirm", chief, $"/staff/reviews/{appeal}", DeskReady),
            new("blacklist", officer, "/staff/blacklist", "html[data-keys] .blacklist table.list"),
            new("blacklist, nothing found", idle, "/staff/blacklist", "html[data-keys] .blacklist .empty"),
            new(
                "blacklist, look-up refused",
                officer,
                "/staff/blacklist",
                "html[data-keys] .blacklist",
                LookUpBadlyAsync
            ),
            new(
                "blacklist, proposing",
                officer,
                "/staff/blacklist",
                "html[data-keys] .blacklist",
                page => LookUpAsync(page, suspect.Person.IdNumber)
            ),
            new("blacklist entry, to confirm", chief, $"/staff/blacklist/{proposal}", "html[data-keys] #confirm"),
            new("blacklist entry, not theirs to confirm", officer, $"/staff/blacklist/{proposal}", "#check-blocked"),
            new("blacklist entry, in force", officer, $"/staff/blacklist/{entry}", "html[data-keys] .entry"),
            new("blacklist entry, none", officer, $"/staff/blacklist/{Guid.Empty}", ".sheet"),
            new("blacklist, not theirs", auditor, "/staff/blacklist", ".sheet"),
            new("attendances", national, "/staff/attendances", "html[data-keys] .blacklist table.list"),
            new("attendances, none", idle, "/staff/attendances", "html[data-keys] .blacklist .empty"),
            new(
                "attendances, look-up refused",
                national,
                "/staff/attendances",
                "html[data-keys] .blacklist",
                page => AttendantAsync(page, "12345", "#record-error")
            ),
            new(
                "attendances, recording",
                national,
                "/staff/attendances",
                "html[data-keys] .blacklist",
                page => AttendantAsync(page, attending.Person.IdNumber, "#record")
            ),
            new(
                "attendances, not entitled",
                national,
                "/staff/attendances",
                "html[data-keys] .blacklist",
                page => AttendantAsync(page, barred.Person.IdNumber, "#record-obstacles")
            ),
            new(
                "attendances, no such route",
                officer,
                "/staff/attendances",
                "html[data-keys] .blacklist",
                page => AttendantAsync(page, suspect.Person.IdNumber, "#record-no-route")
            ),
            new("attendance, confirmed", national, $"/staff/attendances/{attendances[0]}", "html[data-keys] .entry"),
            new(
                "attendance, not confirmed",
                national,
                $"/staff/attendances/{attendances[1]}",
                "html[data-keys] .entry"
            ),
            new(
                "attendance, to confirm",
                nationalChief,
                $"/staff/attendances/{attendances[2]}",
                "html[data-keys] #confirm"
            ),
            new(
                "attendance, not theirs to confirm",
                national,
                $"/staff/attendances/{attendances[2]}",
                "#check-blocked"
            ),
            new("attendance, none", national, $"/staff/attendances/{Guid.Empty}", ".sheet"),
            new("attendances, not theirs", auditor, "/staff/attendances", ".sheet"),
            new("not theirs", officer, "/staff/audit", ".sheet"),
            new("audit, before a search", auditor, "/staff/audit", "html[data-keys] form.search"),
            new("audit", auditor, "/staff/audit?all=1", "table.trail"),
            new("audit, nothing found", auditor, "/staff/audit?subject=nothing", ".empty"),
            new("audit, a driver that is none", auditor, "/staff/audit?driver=x", "html[data-keys] #driver-error"),
            new("reviews, not theirs", auditor, "/staff/reviews", ".sheet"),
            new("no such page", officer, "/staff/no-such-page", "main", Status: 404),
            .. await AdministrationAsync(server),
        ];
    }

    private static async Task<Guid> CaseAsync(TestPortal portal)
    {
        var (driver, attempt) = await portal.DriverWithInvalidResultAsync();
        return await portal.FileReviewAsync(driver, attempt);
    }

    private static async Task LookUpBadlyAsync(IPage page)
    {
        await page.ClickAsync(".blacklist form.search button");
        await page.WaitForSelectorAsync("#propose-error");
    }

    private static async Task LookUpAsync(IPage page, string number)
    {
        await page.FillAsync("#idNumber", number);
        await page.FillAsync("#why", "举报线索核查");
        await page.ClickAsync(".blacklist form.search button");
        await page.WaitForSelectorAsync("#propose");
    }

    private static async Task AttendantAsync(IPage page, string number, string shown)
    {
        await page.FillAsync("#idNumber", number);
        await page.ClickAsync(".blacklist form.search button");
        await page.WaitForSelectorAsync(shown);
    }

    private static async Task FailAsync(IPage page)
    {
        await page.FillAsync("#badge", "999999");
        await page.FillAsync("#password", "not the password");
        await page.FillAsync("#code", "000000");
        await page.FollowAsync(() => page.ClickAsync("main form button.main"));
        await page.WaitForSelectorAsync("#failed");
    }

    private static async Task FailActivationAsync(IPage page)
    {
        await page.FillAsync("#badge", "999999");
        await page.FillAsync("#activationCode", "AAAA-BBBB");
        await page.FollowAsync(() => page.ClickAsync("main form button.main"));
        await page.WaitForSelectorAsync("#failed");
    }

    private static async Task EnrolAsync(IPage page, TestOfficer officer)
    {
        await page.FillAsync("#badge", officer.Badge);
        await page.FillAsync("#activationCode", officer.ActivationCode);
        await page.FollowAsync(() => page.ClickAsync("main form button.main"));
        await page.WaitForSelectorAsync("[name=password]");
    }

    private static async Task EnrolBadlyAsync(IPage page, TestOfficer officer)
    {
        await EnrolAsync(page, officer);
        await page.FillAsync("[name=password]", "kurz");
        await page.FillAsync("[name=repeat]", "anders");
        await page.FillAsync("[name=code]", "000000");
        await page.EvaluateAsync("() => document.querySelectorAll('form').forEach(f => { f.noValidate = true; })");
        await page.FollowAsync(() => page.ClickAsync("main form button.main"));
        await page.WaitForSelectorAsync("[role=alert]");
    }

    private static async Task ChooseAsync(IPage page, string key)
    {
        await page.Keyboard.PressAsync(key);
        await page.WaitForSelectorAsync(".preview");
    }

    private static async Task ClaimAsync(IPage page)
    {
        await page.Keyboard.PressAsync("c");
        await page.WaitForSelectorAsync(".choice:not(:disabled)");
        await ChooseAsync(page, "u");
    }

    private static async Task NoReasonAsync(IPage page)
    {
        await ChooseAsync(page, "d");
        await page.FillAsync("#reason", "");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync("#reason-error");
    }

    private static async Task ConfirmAsync(IPage page)
    {
        await ChooseAsync(page, "u");
        await page.FillAsync("#reason", "与底照比对为同一人，复核通过。");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync(".confirm-open");
    }
}
