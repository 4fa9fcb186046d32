using System.Reflection;
using AdminPortal.Data;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Attendances;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Calendar;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exams;
using AdminPortal.Data.Exchange;
using AdminPortal.Data.Exports;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Feedback;
using AdminPortal.Data.Jobs;
using AdminPortal.Data.Leads;
using AdminPortal.Data.Messages;
using AdminPortal.Data.MyData;
using AdminPortal.Data.Outages;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Points;
using AdminPortal.Data.Questions;
using AdminPortal.Data.Rounds;
using AdminPortal.Data.Schemes;
using AdminPortal.Data.Sections;
using AdminPortal.Data.Statistics;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Leads;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Texts;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Data.Commands;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Data.Engines;

/// <summary>
/// Every query of the product has been translated for SQL Server and parsed. The translation itself happens in every test
/// (<see cref="SqlServerTranslation"/>); here it is shown that no method that queries was left out. Such a method awaits its query: a
/// mere handing on is compiled away from the calls that are looked at, once it was called often.
/// </summary>
public sealed class SqlServerQueryTests
{
    /// <summary>The demonstration exists in Development only, on the private PostgreSQL.</summary>
    private static readonly string[] NotOnSqlServer = ["AdminPortal.Data.Demo"];

    [Fact]
    public async Task Every_method_that_queries_has_its_SQL_for_SQL_Server()
    {
        await using var portal = await TestPortal.StartAsync();
        var seen = SqlServerTranslation.Watch();

        await EveryActAsync(portal);
        await EveryPageAsync(portal);
        await EveryServiceAsync(portal);

        var covered = seen.Keys.Select(Name).ToHashSet();
        var missing = QueryingMethods().Select(Name).Where(m => !covered.Contains(m)).Order().ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.True(SqlServerTranslation.Translated.Count > 100);
        Assert.All(SqlServerTranslation.Translated, q => Assert.NotEmpty(q.Sql));
    }

    private static async Task EveryActAsync(TestPortal portal)
    {
        // The bank first: its arrangement takes a question away, which a paper would hold.
        foreach (var command in Catalogue.All.OrderByDescending(c => c.Command == typeof(SeedStarterBank)))
        {
            var staff = command.Allowed[0] switch
            {
                Principal.Reviewer => await portal.CreateOfficerAsync(Role.Reviewer),
                Principal.Supervisor => await portal.CreateOfficerAsync(Role.Supervisor),
                Principal.Auditor => await portal.CreateOfficerAsync(Role.Auditor, []),
                Principal.QuestionEditor => await portal.CreateOfficerAsync(Role.QuestionEditor, []),
                Principal.SystemAdministrator => await portal.CreateOfficerAsync(Role.SystemAdministrator, []),
                Principal.SecurityAdministrator => await portal.CreateOfficerAsync(Role.SecurityAdministrator, []),
                Principal.Driver or Principal.Operator or Principal.System or Principal.Anonymous => null,
            };
            var actor = staff?.Ref ?? new ActorRef(Enum.Parse<ActorKind>($"{command.Allowed[0]}"), Guid.Empty);
            var arranger = new Arranger(portal, actor);
            var act = await command.Arrange(arranger);
            Assert.Null(await act.RunAsync());
            // Past its first moments too: other branches ask other questions.
            await act.RunAsync();
            if (command.Misuse is not null)
            {
                await (await command.Misuse(arranger)).RunAsync();
            }
        }
    }

    private static async Task EveryPageAsync(TestPortal portal)
    {
        var (driver, attempt) = await portal.DriverWithInvalidResultAsync();
        var officer = await portal.CreateOfficerAsync();
        var @case = await portal.FileReviewAsync(driver, attempt);
        await portal.DecideAsync(officer, @case, uphold: false);
        var retry = await portal.StartExamAsync(driver);

        var pages = portal.Get<DriverPages>();
        Assert.NotNull(await pages.HomeAsync(driver.Id, false, default));
        Assert.NotNull(await pages.RoundAsync(driver.Id, default));
        Assert.NotEqual(0, await portal.Get<Inbox>().UnreadAsync(driver.Id, default));
        Assert.NotEmpty((await portal.Get<ConsentPages>().ReadAsync(driver.Id, default)).Steps);
        Assert.NotEmpty(await portal.Get<MyDataPages>().ReadAsync(driver.Id, false, default));
        Assert.NotEmpty(await portal.Get<MyDataPages>().PhotosAsync(driver.Id, default));
        Assert.NotEmpty(
            (await portal.Get<AccessPages>().ReadAsync(driver.Id, AccessBy.Others, 1_000_000, default)).Lines
        );
        Assert.Equal(driver.Person.Mobile, await pages.MobileAsync(driver.Id, default));
        var application = await portal.ScalarAsync<Guid>("SELECT id FROM applications WHERE driver_id = $1", driver.Id);
        Assert.NotNull(await pages.ApplicationAsync(driver.Id, application, default));
        Assert.NotNull((await portal.Get<ExamPages>().ReadAsync(driver.Id, retry, default))!.Question);
        var done = await portal.DriverBeforeExamAsync();
        var passed = await portal.PassExamAsync(done);
        await portal.FaceAsync(done);
        Assert.NotEmpty((await portal.Get<ExamPages>().AnswersAsync(done.Id, passed, default))!);
        var student = await portal.DriverInStudyAsync();
        Assert.NotNull(await portal.Get<StudyPages>().ReadAsync(student.Id, default));
        var ticket = await portal.FileFeedbackAsync(student, photos: 1);
        var feedback = portal.Get<FeedbackPages>();
        Assert.NotEmpty((await feedback.HomeAsync(student.Id, default)).Tickets);
        Assert.NotNull(await feedback.FindAsync(student.Id, ticket, default));
        Assert.NotNull(await feedback.FileAsync(student.Id, ticket, 1, default));
        foreach (var filter in Enum.GetValues<QueueFilter>())
        {
            var query = new QueueQuery(filter, CaseKind.ExamReview, "渝A", officer.Badge, "0123ABCD");
            Assert.NotNull(await portal.Get<QueuePages>().ReadAsync(officer.Ref, query, default));
        }
        Assert.NotEmpty(await portal.Get<QueuePages>().OfficersAsync(officer.Ref, default));
        Assert.Empty(await portal.Get<SavedViewPages>().ReadAsync(officer.Id, default));
        Assert.Null(await portal.Get<EvidencePages>().FindAsync(driver.Id, @case, default));
        var chief = await portal.CreateOfficerAsync(Role.Supervisor);
        Assert.NotNull(await portal.Get<TemplatePages>().ReadAsync(chief.Ref, default));
        Assert.NotNull(await portal.Get<TeamPages>().ReadAsync(chief.Ref, default));
        var free = (await portal.SeedCasesAsync(1))[0];
        Assert.NotEmpty((await portal.DoAsync(new ViewCase(free), chief.Ref)).Takers);
    }

    private static async Task EveryServiceAsync(TestPortal portal)
    {
        await EveryListAsync(portal);
        var officer = await portal.CreateOfficerAsync();
        Assert.NotNull(await portal.Get<BlacklistPages>().ListAsync(officer.Ref, BlacklistState.Proposed, 1, default));
        Assert.NotNull(await portal.Get<BlacklistPages>().ListAsync(officer.Ref, null, 1, default));
        Assert.NotNull(await portal.Get<BlacklistPages>().AppealTargetAsync("渝A", default));
        var administrator = await portal.CreateOfficerAsync(Role.SystemAdministrator, []);
        foreach (var state in Enum.GetValues<AccountState>())
        {
            var filter = new AccountFilter("支", "渝A", Role.Reviewer, state);
            Assert.NotNull(await portal.Get<AccountPages>().ListAsync(administrator.Ref, filter, 1, default));
        }
        Assert.NotNull(await portal.Get<AccountPages>().FindAsync(administrator.Ref, officer.Id, default));
        Assert.NotNull(await portal.Get<StaffProfiles>().ReadAsync(officer.Ref, default));
        Assert.NotEmpty((await portal.Get<SchemePages>().ReadAsync(officer.Ref, default))!.Authorities);
        await portal
            .Get<JobJournal>()
            .NoteAsync(new JobRun("CasesJob", portal.Clock.Now, portal.Clock.Now, null, null), default);
        Assert.NotEmpty((await portal.Get<JobPages>().ReadAsync(administrator.Ref, default))!);
        Assert.NotNull(await portal.Get<OutboxPages>().ReadAsync(administrator.Ref, default));
        var calendar = portal.Get<CalendarPages>();
        Assert.NotNull(await calendar.ReadAsync(administrator.Ref, default));
        var notice = Catalogue.NewYear2027.Select(d => d with { Date = d.Date.AddYears(1) }).ToList();
        notice.Add(new CalendarDay(new DateOnly(2027, 12, 31), "元旦", false));
        Assert.IsType<Outcome<CalendarPreview>.Done>(
            await calendar.PreviewAsync(administrator.Ref, 2028, "?", notice, default)
        );
        var guard = await portal.CreateOfficerAsync(Role.SecurityAdministrator, []);
        Assert.NotNull(await portal.Get<SessionPages>().ListAsync(guard.Ref, "支", default));
        Assert.NotNull(await portal.Get<SessionPages>().OwnAsync(guard.Ref, default));
        var passkeys = portal.Get<PasskeyPages>();
        var credential = await portal.AddPasskeyAsync(guard.Ref);
        Assert.NotEmpty((await passkeys.OwnAsync(guard.Ref, default))!);
        Assert.NotEmpty(await passkeys.KeysAsync(guard.Id, default));
        Assert.NotNull(await passkeys.KeyAsync(guard.Id, credential, default));
        Assert.False(await passkeys.IsFreshAsync(Guid.NewGuid(), default));
        var exporter = await portal.CreateOfficerAsync(Role.Supervisor);
        Assert.Null(await portal.Get<ExportPages>().ManifestAsync(exporter.Ref, Guid.NewGuid(), default));
        var sessions = portal.Get<Sessions>();
        await sessions.TouchAsync(Guid.NewGuid(), default);
        var key = await sessions.StartAsync(ActorKind.Staff, officer.Id, [1], portal.Clock.Now.AddHours(1), default);
        await sessions.RenewAsync(key, [2], portal.Clock.Now.AddHours(2), default);
        await sessions.FindAsync(key, default);
        await sessions.EndAsync(key, default);
        await sessions.SweepAsync(default);
        // A reduction that is revoked and taken off again.
        var (blacklisted, round) = await portal.DriverWithReductionAsync();
        var entry = await portal.BlacklistAsync(blacklisted, round);
        await portal.Get<PointsDispatcher>().RunAsync(default);
        await portal.UpholdAppealAsync(await portal.AppealAsync(blacklisted, entry));
        await portal.Get<PointsDispatcher>().RunAsync(default);
        Assert.NotNull(
            await portal.Get<AttendancePages>().ListAsync(officer.Ref, AttendanceState.Recorded, 1, default)
        );
        Assert.NotNull(await portal.Get<AttendancePages>().ListAsync(officer.Ref, null, 1, default));
        var april = new StatisticsQuestion(StatisticsPeriod.MonthOf(new DateOnly(2026, 4, 1)), "渝A", "S1");
        Assert.NotNull(await portal.Get<StatisticsPages>().ReadAsync(officer.Ref, april, default));
        foreach (var figure in Enum.GetValues<Figure>())
        {
            Assert.NotNull(
                await portal.Get<StatisticsPages>().ListAsync(officer.Ref, april, figure, "Online", 1, default)
            );
        }
        var own = april with { Scheme = null, Officer = officer.Badge };
        Assert.NotNull(
            await portal.Get<StatisticsPages>().ListAsync(officer.Ref, own, Figure.OpinionsAgreed, null, 1, default)
        );
        await EveryQuestionPageAsync(portal);
        await EverySectionPageAsync(portal);
        await OutagesAsync(portal);
        await TextsAsync(portal);
        await LeadsAsync(portal);
        await portal.ImportDriverWithPenaltyChangeAsync();
        await portal.Get<CaseWarnings>().ReadAsync(default);
        await portal.Get<PhotoSweep>().RunAsync(default);
        await portal.Get<PhotoEraser>().RunAsync(default);
        await portal.Get<PointsDispatcher>().RunAsync(default);
        await portal.Get<MessageDispatcher>().RunAsync(default);
        var auditor = await portal.CreateOfficerAsync(Role.Auditor, []);
        Assert.NotNull(await portal.Get<AuditProofs>().RunAsync(auditor.Ref, default));
        await portal.ImportDriverAsync(more: id => new VehicleRecord(id, "渝AD8001", new DateOnly(2027, 1, 1)));
        await portal.ImportDriverAsync(more: id => new ViolationRecord(id, "V-1", "1362", new DateOnly(2026, 1, 2), 3));
        await portal.ImportDriverAsync(more: id => new EntryRecord(id, RecordKind.Fraud, new DateOnly(2020, 1, 1)));
        await ImportPhotoAgainAsync(portal);
        await FailVerificationAsync(portal);
        await using var db = portal.Db();
        await portal.Get<AuditCheckpoints>().WriteAsync(db, default);
        await CalendarStore.LoadAsync(db, default);
        // At the very end: every driver before accepts what ships.
        await portal.PublishTextAsync(nameof(TextKind.FaceNotice));
    }

    private static async Task EveryQuestionPageAsync(TestPortal portal)
    {
        var editor = await portal.CreateEditorAsync();
        var pages = portal.Get<QuestionPages>();
        var filter = new QuestionFilter("points", QuestionState.Published, QuestionType.Single, "points");
        Assert.NotNull(await pages.ListAsync(editor.Ref, filter, 1, default));
        Assert.NotNull(await pages.CategoriesAsync(editor.Ref, default));
        Assert.NotNull(await pages.ReadAsync(editor.Ref, StarterContent.Questions[0].Id, default));
        var import = new QuestionImport(
            "s",
            [new ImportedQuestion(2, StarterContent.Questions[0].Id, TestPortal.NewQuestion())],
            []
        );
        Assert.NotNull(await pages.PlanAsync(editor.Ref, import, default));
        Assert.NotNull(await pages.AlikeAsync(editor.Ref, "记分", null, default));
        var odd = filter with { Odd = new OddFilter(null) };
        Assert.NotNull(await pages.ListAsync(editor.Ref, odd, 1, default, QuestionSort.Right));
        Assert.NotNull(await pages.OddAsync(odd, default));
        var pictured = filter with { Picture = new PictureFilter(null) };
        Assert.NotNull(await pages.ListAsync(editor.Ref, pictured, 1, default));
        Assert.NotNull(await pages.ListAsync(editor.Ref, filter with { Picture = new("P-0001") }, 1, default));
        await EveryPictureAsync(portal, editor);
        var (from, to) = await portal.CorrectedAsync();
        var remarks = portal.Get<RemarkPages>();
        Assert.NotNull(await remarks.ChoiceAsync(editor.Ref, from.QuestionId, default));
        var remark = await portal.DoAsync(new ProposeRemark(Guid.NewGuid(), from.Id, to.Id, "答案有误。"), editor.Ref);
        Assert.NotNull(await remarks.ListAsync(editor.Ref, 1, default));
        Assert.NotNull(await remarks.ReadAsync(editor.Ref, remark, default));
        await portal.DoAsync(new ConfirmRemark(remark), (await portal.CreateEditorAsync()).Ref);
        Assert.NotNull(await remarks.ReadAsync(editor.Ref, remark, default));
    }

    private static async Task EveryPictureAsync(TestPortal portal, TestOfficer editor)
    {
        await portal.DraftAsync(editor, TestPortal.Pictured());
        var shelf = portal.Get<QuestionPicturePages>();
        Assert.NotNull(await shelf.ListAsync(editor.Ref, "signal", 1, default));
        Assert.NotNull(await shelf.FindAsync(editor.Ref, "P-0001", default));
        Assert.NotNull(await shelf.FileAsync(editor.Ref, "P-0001", default));
        var driver = await portal.DriverBeforeExamAsync();
        var attempt = await portal.PassExamAsync(driver);
        Assert.Null(await portal.Get<ExamPictures>().ReadAsync(driver.Id, attempt, 1, default));
        await portal.FaceAsync(driver);
        Assert.NotNull(await portal.Get<ExamPages>().AnswersAsync(driver.Id, attempt, default));
        await portal.Get<ExamPictures>().ReadAsync(driver.Id, attempt, 1, default);
    }

    private static async Task EverySectionPageAsync(TestPortal portal)
    {
        var editor = await portal.CreateEditorAsync();
        var pages = portal.Get<SectionPages>();
        var video = await portal.UploadVideoAsync(editor);
        var section = await portal.SectionPublishedAsync(TestPortal.NewSection() with { VideoId = video });
        Assert.NotNull(await pages.ListAsync(editor.Ref, new SectionFilter("雨", QuestionState.Published), 1, default));
        Assert.NotNull(await pages.ReadAsync(editor.Ref, section.SectionId, default));
        Assert.NotNull(await pages.VideosAsync(editor.Ref, 1, default));
        Assert.True(await pages.MayEditAsync(editor.Ref, default));
        var ready = (await pages.VideoAsync(editor.Ref, video, default))!.Ready;
        await using var stream = portal.Get<StudyVideoFiles>().Open(ready.Files[VideoFileKind.Video]);
        Assert.NotEqual(0, await stream.ReadAsync(new byte[1]));
        Assert.NotNull((await portal.Get<StudyReader>().ReadAsync(default)).Find(section.SectionId));
        // One that went out of use while a driver was in it.
        var driver = await portal.DriverInStudyAsync();
        await portal.DoAsync(new BeginStudy(section.SectionId), driver.Ref);
        await portal.DoAsync(new RetireSection(section.Id, section.Revision), editor.Ref);
        await portal.DoAsync(new BeginStudy(section.SectionId), driver.Ref);
    }

    private static async Task OutagesAsync(TestPortal portal)
    {
        var (driver, _) = await portal.DriverWithLostStudyAsync("渝A");
        var outage = await portal.ConfirmOutageAsync(portal.OutageNow(ServicePart.Everything));
        var chief = await portal.CreateOfficerAsync(Role.Supervisor);
        Assert.NotEmpty((await portal.DoAsync(new ViewOutage(outage), chief.Ref)).Given!.Lines);
        Assert.NotNull(await portal.Get<OutagePages>().ListAsync(chief.Ref, OutageState.Confirmed, 1, default));
        Assert.NotNull(await portal.Get<OutagePages>().ListAsync(chief.Ref, null, 1, default));
        Assert.Contains("OutageStudy", await portal.MessagesToAsync(driver));
    }

    private static async Task TextsAsync(TestPortal portal)
    {
        var first = await portal.CreateAdministratorAsync();
        var driver = await portal.DriverInStudyAsync();
        var pages = portal.Get<TextPages>();
        Assert.NotEmpty((await pages.ListAsync(first.Ref, default))!);
        Assert.NotNull(await pages.FindAsync(first.Ref, nameof(TextKind.FaceNotice), default));
        Assert.NotNull(await portal.Get<PublishedTexts>().NoticeAsync(TextKind.ServiceNotice, default));
        Assert.NotEmpty(await portal.Get<AcceptedNotices>().ReadAsync(driver.Id, default));
        await portal.PublishTextAsync(nameof(MessageTemplate.ApplicationApproved));
        var told = await portal.ImportDriverAsync();
        await portal.ApplyAsync(told);
        Assert.NotEmpty(await portal.DoAsync(new OpenInbox(false), told.Ref));
        var authorities = portal.Get<AuthorityPages>();
        Assert.NotNull(await authorities.ListAsync(first.Ref, new AuthorityFilter("渝", "S1"), 1, default));
        Assert.NotNull(await authorities.FindAsync(first.Ref, "渝A", default));
    }

    private static async Task LeadsAsync(TestPortal portal)
    {
        await portal.SignInOnAsync(await portal.ImportDriverAsync(), 7);
        portal.Settle(LeadKind.SharedDevice);
        await portal.FindLeadsAsync(LeadKind.SharedDevice);
        portal.Settle(LeadKind.Heartbeat);
        await portal.FindLeadsAsync(LeadKind.Heartbeat);
        var (_, lead) = await portal.PhotoLeadAsync();
        var desk = await portal.DoAsync(new ViewCase(lead), (await portal.CreateOfficerAsync()).Ref);
        Assert.NotEmpty(desk.Lead!.Others);
        await portal.WithoutCaseAsync(lead);
        Assert.Equal(1, await portal.DoAsync(new OpenLeadCases(), ActorRef.System));
    }

    private static async Task ImportPhotoAgainAsync(TestPortal portal)
    {
        var person = (await portal.ImportDriverAsync()).Person;
        await portal.ImportAsync([
            new PersonRecord(person.IdNumber, person.Name, person.Mobile, $"{person.Face}-reference.jpg"),
        ]);
    }

    private static async Task FailVerificationAsync(TestPortal portal)
    {
        var driver = await portal.ImportDriverAsync();
        await portal.ApplyAsync(driver);
        for (var i = 0; i < 3; i++)
        {
            await portal.FaceAsync(driver, "no-face");
        }
        var blocked = await portal.DoAsync(new OpenFaceChallenge(), driver.Ref);
        Assert.Equal(portal.Clock.Now.AddMinutes(30), blocked.BlockedUntil);
        portal.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Null((await portal.DoAsync(new OpenFaceChallenge(), driver.Ref)).BlockedUntil);
    }

    private static async Task EveryListAsync(TestPortal portal)
    {
        var month = new StatisticsQuestion(StatisticsPeriod.MonthOf(new DateOnly(2026, 3, 1)));
        await TakeOutAsync(Role.Auditor, new AuditAsked(new AuditSearch(null, "Apply", null, null, null)));
        await TakeOutAsync(Role.Supervisor, new CasesAsked(new QueueQuery(QueueFilter.All)));
        await TakeOutAsync(Role.Supervisor, new AttendancesAsked(null));
        await TakeOutAsync(Role.Supervisor, TestPortal.BlacklistQuestion);
        await TakeOutAsync(Role.Supervisor, new FiguresAsked(month, Figure.Participations, null));

        async Task TakeOutAsync(Role role, ExportQuestion question)
        {
            var who = await portal.CreateOfficerAsync(role);
            var id = await (
                role == Role.Supervisor && question is not FiguresAsked
                    ? portal.AgreedExportAsync(who.Ref, question)
                    : portal.RequestExportAsync(who.Ref, question)
            );
            await portal.WriteExportsAsync();
            Assert.NotEmpty((await portal.ExportedFileAsync(id, who.Ref)).Sheets);
            Assert.Single((await portal.Get<ExportPages>().ReadAsync(who.Ref, default))!.Own);
            var seen = await portal.Get<ExportPages>().ToCheckAsync(who.Ref, id, default);
            Assert.Equal(role == Role.Supervisor && question is not FiguresAsked, seen is not null);
        }
    }

    /// <summary>Every method of the product whose code runs a query or a bulk change.</summary>
    private static IEnumerable<MethodBase> QueryingMethods() =>
        typeof(PortalDb)
            .Assembly.GetTypes()
            .Where(t => !NotOnSqlServer.Contains(t.Namespace))
            .SelectMany(t =>
                t.GetMethods(
                    BindingFlags.Instance
                        | BindingFlags.Static
                        | BindingFlags.Public
                        | BindingFlags.NonPublic
                        | BindingFlags.DeclaredOnly
                )
            )
            .Where(m => Calls(m).Any(IsQuery));

    private static bool IsQuery(MethodBase called) =>
        called.DeclaringType == typeof(EntityFrameworkQueryableExtensions)
        && (
            called.Name.EndsWith("Async", StringComparison.Ordinal)
            || called.Name is "AsAsyncEnumerable" or "ExecuteUpdate" or "ExecuteDelete"
        );

    /// <summary>The methods a method calls, read from its code.</summary>
    private static IEnumerable<MethodBase> Calls(MethodInfo method)
    {
        const byte call = 0x28;
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var i = 0; i < code.Length - 4; i++)
        {
            // A byte that only looks like a call names no method of the extensions.
            if (code[i] == call && Resolve(BitConverter.ToInt32(code, i + 1)) is { } called)
            {
                yield return called;
            }
        }

        MethodBase? Resolve(int token)
        {
            try
            {
                return method.Module.ResolveMethod(token, typeArguments, methodArguments);
            }
            catch (Exception e) when (e is ArgumentException or BadImageFormatException or MissingMethodException)
            {
                return null;
            }
        }
    }

    /// <summary>What a person calls it: the class and the method, not the machine the compiler makes of it.</summary>
    private static string Name(MethodBase method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
