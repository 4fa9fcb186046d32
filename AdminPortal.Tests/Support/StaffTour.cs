using AdminPortal.Data.Casework;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Questions;
using AdminPortal.Data.Reviews;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exports;
using AdminPortal.Domain.Feedback;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Browser;
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
    private const string StatisticsReady = "html[data-keys] .statistics table.figures";
    private const string DeskReady = "html[data-keys~=u] .desk";

    public static async Task<IReadOnlyList<StaffStop>> PrepareAsync(PortalServer server)
    {
        var portal = server.Portal;
        var officer = await portal.CreateOfficerAsync(Role.Reviewer, ["渝A", "渝B"]);
        var idle = await portal.CreateOfficerAsync(Role.Reviewer, ["渝F"]);
        var other = await portal.CreateOfficerAsync();
        var auditor = await portal.CreateOfficerAsync(Role.Auditor, []);
        var starter = await portal.CreateOfficerAsync();
        var outageChief = await portal.CreateOfficerAsync(Role.Supervisor, ["渝B"]);
        var resitter = await portal.DriverBeforeExamAsync("渝B");
        await portal.AnswerAllAsync(resitter, await portal.StartExamAsync(resitter), wrong: 3);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var outageDone = await portal.ConfirmOutageAsync(portal.OutageNow(ServicePart.Exam, authority: "渝B"));
        var outageOpen = await portal.DeclareOutageAsync(portal.OutageNow(ServicePart.Messages, 3, "渝B"));
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
        var appeal = await portal.AppealAsync(blacklisted, entry, pdfs: 1);
        await portal.AnswerAppealAsync(other, appeal, uphold: true);
        var attending = await portal.ImportDriverAsync("鄂A", points: 6);
        var attendances = await portal.DecideAttendancesAsync(attending);
        var barred = await portal.ImportDriverAsync("鄂A", points: 12);
        var nationalChief = await portal.CreateOfficerAsync(Role.Supervisor, ["鄂A"]);
        var (asked, escalated, consulted) = (await CaseAsync(portal), await CaseAsync(portal), await CaseAsync(portal));
        await portal.DoAsync(new ClaimCase(asked), officer.Ref);
        await portal.DoAsync(new AskEvidence(asked, "请补交当天的照片。"), officer.Ref);
        await portal.DoAsync(new ClaimCase(escalated), officer.Ref);
        await portal.DoAsync(new EscalateCase(escalated, "疑难，请定夺。"), officer.Ref);
        await portal.DoAsync(new SaveView("A-1", "?filter=mine&kind=appeal"), officer.Ref);
        var (editor, colleague) = (await portal.CreateEditorAsync(), await portal.CreateEditorAsync());
        var inUse = await portal.InUseAsync(QuestionType.Multiple);
        var revised = await portal.SubmittedAsync(editor, TestPortal.NewQuestion(inUse.Text.Zh), inUse.QuestionId);
        var returned = await portal.SubmittedAsync(editor);
        await portal.DoAsync(new ReturnDraft(returned.Id, returned.Revision, "法条引用有误。"), colleague.Ref);
        var unwanted = await portal.DraftAsync(editor, TestPortal.NewQuestion("雨天怎样行驶？"));
        await portal.DoAsync(new DiscardDraft(unwanted.Id, unwanted.Revision), editor.Ref);
        var paper = await portal.PaperAsync();
        var failed = paper.FindLastIndex(q => q.Number == 1 && q.State == QuestionState.Published);
        await portal.SeedPaperAsync([.. paper.Where((_, i) => i != failed), paper[failed]], ordinal => ordinal <= 17);
        var (wrong, right) = await portal.CorrectedAsync(paper[failed]);
        var remark = await portal.DoAsync(
            new ProposeRemark(Guid.NewGuid(), wrong.Id, right.Id, "原答案与条文不符。"),
            editor.Ref
        );
        var (declinedFrom, declinedTo) = await portal.CorrectedAsync();
        var declinedRemark = await portal.DoAsync(
            new ProposeRemark(Guid.NewGuid(), declinedFrom.Id, declinedTo.Id, "请核对。"),
            editor.Ref
        );
        await portal.DoAsync(new DeclineRemark(declinedRemark, "原答案正确。"), colleague.Ref);
        var (exporter, agreeing) = (
            await portal.CreateOfficerAsync(Role.Supervisor),
            await portal.CreateOfficerAsync(Role.Supervisor)
        );
        await portal.RequestExportAsync(exporter.Ref, new CasesAsked(new QueueQuery(QueueFilter.All)));
        await portal.WriteExportsAsync();
        var inFull = await portal.RequestExportAsync(exporter.Ref, TestPortal.BlacklistQuestion, ExportedPersons.Full);
        var leads = await LeadsAsync(portal, officer, idle);
        var sections = await SectionsAsync(portal, editor, colleague, officer);
        // The claims come last: making a case takes longer than a lease.
        await portal.DoAsync(new ClaimCase(examCase), national.Ref);
        await portal.DoAsync(new ClaimCase(mine), officer.Ref);
        await portal.DoAsync(new ClaimCase(theirs), other.Ref);
        await portal.DoAsync(new ClaimCase(consulted), other.Ref);
        await portal.DoAsync(new AskOpinion(consulted, "是否同一人？"), other.Ref);
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
            new("queue, narrowed to nothing", officer, "/staff/reviews?kind=appeal&number=0123ABCD", ".empty"),
            new("queue, views", officer, "/staff/reviews", QueueReady, page => page.ClickAsync(".narrow summary")),
            new("desk, handing over", officer, $"/staff/reviews/{mine}", DeskReady, page => TeamAsync(page, "h")),
            new("desk, asking the driver", officer, $"/staff/reviews/{mine}", DeskReady, page => TeamAsync(page, "v")),
            new("desk, driver asked", officer, $"/staff/reviews/{asked}", DeskReady),
            new("desk, escalated", chief, $"/staff/reviews/{escalated}", DeskReady),
            new("desk, advising", officer, $"/staff/reviews/{consulted}", "#advise"),
            new("team board", chief, "/staff/team", "html[data-keys~=r] .team table"),
            new("team board, not theirs", officer, "/staff/team", ".sheet"),
            new("reasons", chief, "/staff/templates?kind=appeal&outcome=reject", ".templates-page textarea"),
            new("exports", exporter, "/staff/exports", "html[data-keys] .exports [data-download]"),
            new("exports, to check", agreeing, "/staff/exports", "html[data-keys] #to-check"),
            new("exports, not theirs", officer, "/staff/exports", ".sheet"),
            new("export, to check", agreeing, $"/staff/exports/{inFull}", "html[data-keys] #confirm"),
            new("export, of figures", chief, "/staff/exports/new?list=figures&figure=Participations", "#export"),
            new(
                "export, without a reason",
                chief,
                "/staff/exports/new?list=cases&filter=overdue&kind=examreview",
                "html[data-keys] #export",
                FailExportAsync
            ),
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
            new("statistics", officer, "/staff/statistics", StatisticsReady),
            new(
                "statistics, by month",
                officer,
                "/staff/statistics?from=2026-01-01&to=2026-12-31&by=month",
                StatisticsReady
            ),
            new(
                "statistics, by authority, defined",
                officer,
                "/staff/statistics?by=authority",
                StatisticsReady,
                DefineAsync
            ),
            new("statistics, by scheme", national, "/staff/statistics?by=scheme", StatisticsReady),
            new(
                "statistics, nothing",
                idle,
                "/staff/statistics?from=2026-01-01&to=2026-01-31",
                "html[data-keys] .empty"
            ),
            new(
                "statistics, no period",
                officer,
                "/staff/statistics?from=2026-03-31&to=2026-03-01",
                "html[data-keys] #period-error"
            ),
            new(
                "statistics, list of cases",
                officer,
                "/staff/statistics/list?figure=CasesReceived",
                "html[data-keys] #figure-list"
            ),
            new(
                "statistics, list with nothing",
                idle,
                "/staff/statistics/list?figure=Reductions&part=OnSite",
                "html[data-keys] .empty"
            ),
            new("statistics, to export", chief, "/staff/statistics", "html[data-keys] #report"),
            new(
                "statistics, export refused",
                chief,
                "/staff/statistics?refused=ReasonRequired",
                "html[data-keys] #report-error"
            ),
            new("statistics, not theirs", auditor, "/staff/statistics", ".sheet"),
            new("questions", editor, "/staff/questions", "html[data-keys~=n] table.list"),
            new("questions, in review", editor, "/staff/questions?state=inreview", "html[data-keys~=n] table.list"),
            new("questions, none", editor, "/staff/questions?q=no-such-question", ".empty"),
            new(
                "questions, export refused",
                editor,
                "/staff/questions?export=refused",
                "html[data-keys~=n] #export-refused"
            ),
            new("questions, not theirs", officer, "/staff/questions", ".sheet"),
            new("question, in use", editor, "/staff/questions/points-001", "html[data-keys] #act-retire"),
            new(
                "question, to retire",
                editor,
                "/staff/questions/points-001",
                "html[data-keys] #act-retire",
                RetireAsync
            ),
            new(
                "question, own in review",
                editor,
                $"/staff/questions/{revised.QuestionId}",
                "html[data-keys] #against"
            ),
            new("question, returned", editor, $"/staff/questions/{returned.QuestionId}", "html[data-keys] #returned"),
            new("question, discarded", editor, $"/staff/questions/{unwanted.QuestionId}", "html[data-keys] #versions"),
            new(
                "question, two versions compared",
                editor,
                $"/staff/questions/{revised.QuestionId}?a=1&b=2",
                "html[data-keys] #compare-form"
            ),
            new(
                "question, to review",
                colleague,
                $"/staff/questions/{revised.QuestionId}",
                "html[data-keys] #act-publish"
            ),
            new(
                "question, returned without a reason",
                colleague,
                $"/staff/questions/{revised.QuestionId}",
                "html[data-keys] #act-return",
                page => PressAsync(page, "#act-return", "#reason-error")
            ),
            new(
                "question, another editor's draft",
                colleague,
                $"/staff/questions/{returned.QuestionId}",
                "#act-blocked"
            ),
            new("question, none", editor, "/staff/questions/no-such-001", ".sheet"),
            new("new question", editor, "/staff/questions/new", "html[data-keys] #question-form"),
            new(
                "new question, with errors",
                editor,
                "/staff/questions/new",
                "html[data-keys] #question-form",
                page => PressAsync(page, "#save", "#article-error")
            ),
            new(
                "new question, a double",
                editor,
                "/staff/questions/new",
                "html[data-keys] #question-form",
                page => WriteDoubleAsync(page, inUse.Text.Zh)
            ),
            new("draft", editor, $"/staff/questions/{returned.QuestionId}/edit", "html[data-keys] #question-form"),
            new("draft, not theirs", colleague, $"/staff/questions/{returned.QuestionId}/edit", "#form-error"),
            new("import of questions", editor, "/staff/questions/import", "html[data-keys] #file"),
            new(
                "import, wrong cells",
                editor,
                "/staff/questions/import",
                "html[data-keys] #file",
                page => ImportAsync(page, QuestionStoryTests.Workbook("Q"), "#faults")
            ),
            new(
                "import, checked",
                editor,
                "/staff/questions/import",
                "html[data-keys] #file",
                page => ImportAsync(page, QuestionStoryTests.Workbook("A"), "#ready")
            ),
            new(
                "import, no workbook",
                editor,
                "/staff/questions/import",
                "html[data-keys] #file",
                page => ImportAsync(page, [1, 2, 3], "#import-error")
            ),
            .. await PicturesAsync(portal, editor),
            new("remarks", editor, "/staff/questions/remarks", "html[data-keys] table.list"),
            new("remarks, not theirs", officer, "/staff/questions/remarks", ".sheet"),
            new(
                "remark, to propose",
                editor,
                $"/staff/questions/{wrong.QuestionId}/remark",
                "html[data-keys] #outlook"
            ),
            new(
                "remark, without a reason",
                editor,
                $"/staff/questions/{declinedFrom.QuestionId}/remark",
                "html[data-keys] #remark-form",
                page => PressAsync(page, "#remark-form button.main", "#remark-error")
            ),
            new("remark, nothing", editor, "/staff/questions/points-001/remark", "html[data-keys] #remark-nothing"),
            new("remark, own", editor, $"/staff/questions/remarks/{remark}", "html[data-keys] #check-blocked"),
            new("remark, to confirm", colleague, $"/staff/questions/remarks/{remark}", "html[data-keys] #confirm"),
            new(
                "remark, asked once more",
                colleague,
                $"/staff/questions/remarks/{remark}",
                "html[data-keys] #confirm",
                page => PressAsync(page, "#confirm", ".confirm-open")
            ),
            new("remark, declined", colleague, $"/staff/questions/remarks/{declinedRemark}", "html[data-keys] .words"),
            new("remark, none", editor, $"/staff/questions/remarks/{Guid.Empty}", ".sheet"),
            new("outages", outageChief, "/staff/outages", "html[data-keys] .blacklist table.list"),
            new(
                "outages, none",
                await NoOutagesAsync(portal),
                "/staff/outages",
                "html[data-keys] .empty",
                NoTimesAsync
            ),
            new("outages, previewed", outageChief, "/staff/outages", "html[data-keys] #declare", PreviewOutageAsync),
            new(
                "outage, to confirm",
                outageChief,
                $"/staff/outages/{outageOpen}",
                "html[data-keys] #confirm",
                AskAsync
            ),
            new("outage, confirmed", outageChief, $"/staff/outages/{outageDone}", "html[data-keys] #hit"),
            new("outage, none", outageChief, $"/staff/outages/{Guid.Empty}", ".sheet"),
            new("outages, not theirs", officer, "/staff/outages", ".sheet"),
            new("not theirs", officer, "/staff/audit", ".sheet"),
            new("audit, before a search", auditor, "/staff/audit", "html[data-keys] form.search"),
            new("audit", auditor, "/staff/audit?all=1", "table.trail"),
            new("audit, nothing found", auditor, "/staff/audit?subject=nothing", ".empty"),
            new("audit, a driver that is none", auditor, "/staff/audit?driver=x", "html[data-keys] #driver-error"),
            new("reviews, not theirs", auditor, "/staff/reviews", ".sheet"),
            new("no such page", officer, "/staff/no-such-page", "main", Status: 404),
            .. leads,
            .. sections,
            .. await AdministrationAsync(server),
            .. await TextsAsync(portal, officer),
        ];
    }

    private static async Task<Guid> CaseAsync(TestPortal portal)
    {
        var (driver, attempt) = await portal.DriverWithInvalidResultAsync();
        return await portal.FileReviewAsync(driver, attempt);
    }

    private static Task<TestOfficer> NoOutagesAsync(TestPortal portal) =>
        portal.CreateOfficerAsync(Role.Supervisor, ["渝F"]);

    private static async Task NoTimesAsync(IPage page)
    {
        await page.ClickAsync("#declare button.main");
        await page.WaitForSelectorAsync("#declare-error");
    }

    private static async Task PreviewOutageAsync(IPage page)
    {
        await page.SelectOptionAsync("#part", "Everything");
        var latest = (await page.GetAttributeAsync("#to", "max"))!;
        await page.FillAsync("#to", latest);
        await page.FillAsync("#from", $"{latest[..11]}00:00");
        await page.FillAsync("#reason", "考试服务器故障");
        await page.ClickAsync("#declare button.main");
        await page.WaitForSelectorAsync("#preview #hit");
    }

    private static async Task AskAsync(IPage page)
    {
        await page.ClickAsync("#confirm");
        await page.WaitForSelectorAsync("#confirm-yes");
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

    private static async Task DefineAsync(IPage page)
    {
        await page.EvaluateAsync("() => document.querySelectorAll('.definitions').forEach(d => { d.open = true; })");
        await page.WaitForSelectorAsync(".definitions[open] dd");
    }

    private static async Task AttendantAsync(IPage page, string number, string shown)
    {
        await page.FillAsync("#idNumber", number);
        await page.ClickAsync(".blacklist form.search button");
        await page.WaitForSelectorAsync(shown);
    }

    private static async Task WriteDoubleAsync(IPage page, string text)
    {
        await page.FillAsync("#text", text);
        await page.PressAsync("#text", "Tab");
        await page.WaitForSelectorAsync("#alike");
    }

    private static Task RetireAsync(IPage page) => PressAsync(page, "#act-retire", ".confirm-open");

    private static async Task PressAsync(IPage page, string button, string shown)
    {
        await page.ClickAsync(button);
        await page.WaitForSelectorAsync(shown);
    }

    private static async Task ImportAsync(IPage page, byte[] file, string shown)
    {
        await page.SetInputFilesAsync(
            "#file",
            new FilePayload
            {
                Name = "q.xlsx",
                MimeType = "",
                Buffer = file,
            }
        );
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

    private static async Task TeamAsync(IPage page, string key)
    {
        await page.Keyboard.PressAsync(key);
        await page.WaitForSelectorAsync("#team-text");
    }

    private static async Task FailExportAsync(IPage page)
    {
        await page.ClickAsync("#export button.main");
        await page.WaitForSelectorAsync("#export-error");
    }
}
