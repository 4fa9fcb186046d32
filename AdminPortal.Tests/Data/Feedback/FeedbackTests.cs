using AdminPortal.Data.Calendar;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exchange;
using AdminPortal.Data.Feedback;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Feedback;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Data.Commands;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Feedback;

/// <summary>Feedback from the form to the officer's answer.</summary>
[Trait("Rule", "S0-21")]
public sealed class FeedbackTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData(true, CaseState.Upheld, "FeedbackAnswered")]
    [InlineData(false, CaseState.Rejected, "FeedbackClosed")]
    public async Task A_ticket_is_answered_in_the_officers_words_and_its_driver_is_told(
        bool resolve,
        CaseState state,
        string message
    )
    {
        var driver = await _portal.ImportDriverAsync();
        var id = await _portal.FileFeedbackAsync(driver, FeedbackKind.SystemFault, photos: 2);
        var pages = _portal.Get<FeedbackPages>();
        var waiting = (await pages.FindAsync(driver.Id, id, default))!;
        Assert.Matches("^FK20260310-[0-9]{6}$", waiting.Line.Number);
        Assert.Equal((TestPortal.FeedbackText, 2, null), (waiting.Text, waiting.Files.Count, waiting.Answer));
        // Tuesday; three working days on it is Friday, a target of the house.
        Assert.Equal((new DateOnly(2026, 3, 13), "D-FEEDBACK"), (waiting.Line.Due.LastDay, waiting.Line.Due.Rule));

        var officer = await _portal.CreateOfficerAsync();
        var desk = await _portal.DoAsync(new ViewCase(id), officer.Ref);
        Assert.Equal((TestPortal.FeedbackText, 2), (desk.DriverReason, desk.Files.Count));
        Assert.Equal(new FeedbackFacts(waiting.Line.Number, FeedbackKind.SystemFault), desk.Feedback);
        var seen = await _portal.DoAsync(new ViewCasePhoto(id, desk.Files[1].Id), officer.Ref);
        Assert.Equal(desk.Files[1].Id, seen.Id);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _portal.AnswerAsync(officer, id, resolve, "已修复，请重新办理。");

        var closed = (await pages.FindAsync(driver.Id, id, default))!;
        Assert.Equal((state, "已修复，请重新办理。"), (closed.Line.State, closed.Answer));
        Assert.Equal(["FeedbackReceived", message], await _portal.MessagesToAsync(driver));
        var told = (await _portal.DoAsync(new OpenInbox(false), driver.Ref))[0].Text;
        Assert.Contains(closed.Line.Number, told);
        Assert.Contains("已修复，请重新办理", told);
        Assert.Equal(1, (await _portal.ActsAsync()).Count(a => a == "AnswerFeedback"));
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    public async Task What_drivers_write_is_sealed_and_stands_in_no_column_in_clear()
    {
        var driver = await _portal.ImportDriverAsync();
        await _portal.FileFeedbackAsync(driver, text: "我的身份证号码登记错了，请更正为正确的。");
        var stored = await _portal.ScalarAsync<byte[]>("SELECT text FROM feedback_tickets");
        Assert.Equal(-1, stored.AsSpan().IndexOf("身份证"u8));
        Assert.DoesNotContain(
            await _portal.ColumnAsync<string>("SELECT details FROM audit_entries"),
            d => d.Contains("身份证", StringComparison.Ordinal)
        );
    }

    [Fact]
    [Trait("Rule", "D-FEEDBACK-OPEN")]
    public async Task A_sixth_open_ticket_is_refused_and_an_answer_makes_room()
    {
        var driver = await _portal.ImportDriverAsync();
        var tickets = new List<Guid>();
        for (var i = 0; i < FeedbackTicket.MostOpen; i++)
        {
            tickets.Add(await _portal.FileFeedbackAsync(driver));
        }
        Assert.False((await _portal.Get<FeedbackPages>().HomeAsync(driver.Id, default)).MayFile);
        Assert.Equal(RefusalCode.FeedbackOpenTooMany, await RefusedAsync(driver, photos: 1));

        await _portal.AnswerAsync(await _portal.CreateOfficerAsync(), tickets[2], false, "内容不清楚。");
        await _portal.FileFeedbackAsync(driver);
        Assert.Equal(RefusalCode.FeedbackOpenTooMany, await RefusedAsync(driver));
    }

    [Fact]
    public async Task The_same_form_again_is_the_same_ticket_and_with_other_words_it_is_refused()
    {
        var (driver, key) = (await _portal.ImportDriverAsync(), Guid.NewGuid());
        var first = await _portal.TryFeedbackAsync(driver, key, photos: 1);
        var (before, files) = (await _portal.ImageAsync(), Files());

        var again = await _portal.TryFeedbackAsync(driver, key, photos: 1);

        var caseId = Assert.IsType<Outcome<FiledFeedback>.Done>(first).Value.CaseId;
        Assert.Equal(new FiledFeedback(caseId, false), Assert.IsType<Outcome<FiledFeedback>.Done>(again).Value);
        DatabaseImage.AssertSame(before, await _portal.ImageAsync());
        Assert.Equal(files, Files());
        Assert.Equal(RefusalCode.FeedbackSent, await RefusedAsync(driver, key, text: "还有一件别的事情需要说明。"));
        Assert.Equal(RefusalCode.FeedbackSent, await RefusedAsync(driver, key, photos: 2));
        // A key is one driver's own: the same one of somebody else is another ticket.
        var other = await _portal.TryFeedbackAsync(await _portal.ImportDriverAsync(), key);
        Assert.NotEqual(caseId, Assert.IsType<Outcome<FiledFeedback>.Done>(other).Value.CaseId);
    }

    [Theory]
    [InlineData(null, TestPortal.FeedbackText, 0, RefusalCode.FeedbackKindRequired)]
    [InlineData(FeedbackKind.AbuseReport, "太短", 1, RefusalCode.FeedbackTextShort)]
    [InlineData(FeedbackKind.AbuseReport, TestPortal.FeedbackText, 4, RefusalCode.FeedbackPhotosTooMany)]
    public async Task A_form_with_a_fault_leaves_nothing(
        FeedbackKind? kind,
        string text,
        int photos,
        RefusalCode code
    ) => Assert.Equal(code, await RefusedAsync(await _portal.ImportDriverAsync(), null, kind, text, photos));

    [Fact]
    public async Task One_bad_photo_of_three_stores_none()
    {
        var driver = await _portal.ImportDriverAsync();
        var good = AdminPortal.Data.Demo.SamplePhotos.Named("no-face").Bytes;
        var (before, files) = (await _portal.ImageAsync(), Files());
        var outcome = await _portal
            .Get<FeedbackService>()
            .FileAsync(
                driver.Ref,
                Guid.NewGuid(),
                FeedbackKind.SystemFault,
                TestPortal.FeedbackText,
                [new("photo1", good), new("photo2", good), new("photo3", "no photo"u8.ToArray())],
                default
            );
        var refusal = Assert.IsType<Outcome<FiledFeedback>.Refused>(outcome).Refusal;
        Assert.Equal((RefusalCode.PhotoNotJpeg, "photo3"), (refusal.Code, refusal.Field));
        DatabaseImage.AssertSame(before, await _portal.ImageAsync());
        Assert.Equal(files, Files());
    }

    [Fact]
    [Trait("Rule", "D-FEEDBACK-AUTHORITY")]
    public async Task An_authority_that_closed_still_answers_and_one_that_never_opened_takes_no_ticket()
    {
        var never = await _portal.ImportDriverAsync("川A");
        Assert.Equal(RefusalCode.FeedbackNoAuthority, await RefusedAsync(never, photos: 1));
        var page = await _portal.Get<FeedbackPages>().HomeAsync(never.Id, default);
        Assert.Equal((null, false, null), (page.Target, page.MayFile, page.Hotline.State));

        await _portal.ImportAsync([
            new AuthorityRecord("川B", "绵阳川B", "S1", new DateOnly(2022, 1, 1), new DateOnly(2025, 12, 31)),
        ]);
        var closed = await _portal.ImportDriverAsync("川B");
        var id = await _portal.FileFeedbackAsync(closed);
        await _portal.AnswerAsync(await _portal.CreateOfficerAsync(authorities: ["川B"]), id, true, "请到窗口办理。");
    }

    [Fact]
    [Trait("Rule", "S0-22")]
    public async Task A_driver_who_may_not_apply_can_still_ask_why()
    {
        var refused = await _portal.ImportDriverAsync(points: 12, status: "ABM");
        await _portal.FileFeedbackAsync(refused, FeedbackKind.CannotApply, "为什么我不能申请？请告诉我原因。");
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task Faces_are_shown_to_the_officer_with_a_misjudged_face_only()
    {
        var driver = await _portal.DriverInStudyAsync();
        var officer = await _portal.CreateOfficerAsync();
        var face = await _portal.FileFeedbackAsync(driver, FeedbackKind.FaceMisjudged);
        var question = await _portal.FileFeedbackAsync(driver, FeedbackKind.PolicyQuestion);

        var shown = await _portal.DoAsync(new ViewCase(face), officer.Ref);
        var hidden = await _portal.DoAsync(new ViewCase(question), officer.Ref);

        Assert.NotNull(shown.ReferencePhotoId);
        Assert.NotEmpty(shown.Round!.FaceChecks);
        Assert.Null(hidden.ReferencePhotoId);
        Assert.Empty(hidden.Round!.FaceChecks);
        var snapshot = shown.Round.FaceChecks[0].PhotoId!.Value;
        await _portal.DoAsync(new ViewCasePhoto(face, snapshot), officer.Ref);
        await _portal.DoAsync(new ViewCasePhoto(face, shown.ReferencePhotoId.Value), officer.Ref);
        foreach (var photo in new[] { snapshot, shown.ReferencePhotoId.Value })
        {
            var refusal = await _portal.RefusedAsync(new ViewCasePhoto(question, photo), officer.Ref);
            Assert.Equal(RefusalCode.NotFound, refusal.Code);
        }
    }

    [Fact]
    public async Task A_target_that_awaits_the_calendar_is_told_when_the_year_is_published()
    {
        var driver = await _portal.ImportDriverAsync();
        _portal.Clock.Now = TestClock.China(2026, 12, 30, 9);
        var id = await _portal.FileFeedbackAsync(driver);
        Assert.Equal(2027, (await _portal.CaseAsync(id)).AwaitingYear);
        _portal.Clock.Advance(TimeSpan.FromHours(1));

        await _portal.DoAsync(new PublishCalendarYear(2027, "国办", Catalogue.NewYear2027), ActorRef.Operator);

        Assert.Equal("FeedbackDueKnown", (await _portal.MessagesToAsync(driver))[^1]);
    }

    [Fact]
    public async Task Tickets_and_photos_of_somebody_else_are_not_there()
    {
        var (mine, other) = (await _portal.ImportDriverAsync(), await _portal.ImportDriverAsync());
        var id = await _portal.FileFeedbackAsync(mine, photos: 1);
        var pages = _portal.Get<FeedbackPages>();
        Assert.NotNull(await pages.FileAsync(mine.Id, id, 1, default));
        Assert.Null(await pages.FileAsync(mine.Id, id, 2, default));
        Assert.Null(await pages.FileAsync(other.Id, id, 1, default));
        Assert.Null(await pages.FindAsync(other.Id, id, default));
        Assert.Empty((await pages.HomeAsync(other.Id, default)).Tickets);
    }

    [Fact]
    [Trait("Rule", "S0-23")]
    public async Task The_hotline_of_an_authority_is_data_and_its_state_follows_the_clock()
    {
        await _portal.ImportAsync([
            new AuthorityRecord("渝A", "重庆渝A", "S1", new DateOnly(2021, 9, 10), Hotline: "023-12345678"),
        ]);
        var row = new AuthorityRecord("渝A", "重庆渝A", "S1", new DateOnly(2021, 9, 10), Hotline: "tel:1");
        Assert.Equal("hotline is not a telephone number", row.Defect());
        await using var db = _portal.Db();
        var view = await Hotlines.ReadAsync(
            db,
            AdminPortal.Domain.Schemes.SchemeCatalogue.Shipped,
            "渝A",
            _portal.Clock.Now,
            default
        );
        Assert.Equal("023-12345678", view.Own);
        Assert.Equal(new OfficeHoursState.Open(TestClock.China(2026, 3, 10, 17)), view.State);
    }

    [Fact]
    [Trait("Rule", "S0-24")]
    public async Task Quiet_hours_come_from_the_starts_of_two_weeks_on_the_clock_of_China()
    {
        var advice = _portal.Get<QuietHoursAdvice>();
        Assert.Null(await advice.ReadAsync(default));
        var round = (await _portal.RoundOfAsync(await _portal.DriverInStudyAsync())).Id;
        // Ten starts in every hour but 13:00 to 16:00 in China, yesterday; and a crowd there three weeks ago.
        await StretchesAsync(TestClock.China(2026, 3, 9), round, 10, [13, 14, 15]);
        await _portal.ExecuteAsync(
            """
            INSERT INTO study_stretches (id, round_id, section_id, started_at, last_beat_at, seconds, confirmed)
            SELECT gen_random_uuid(), $1, 's', $2, $2, 60, true FROM generate_series(1, 500)
            """,
            round,
            TestClock.China(2026, 2, 17, 14)
        );

        // Counted a moment ago, and so not counted again.
        Assert.Null(await advice.ReadAsync(default));
        _portal.Clock.Advance(QuietHoursAdvice.Freshness);
        Assert.Equal(new QuietHours(new TimeOnly(13, 0), new TimeOnly(16, 0)), await advice.ReadAsync(default));
    }

    private Task<int> StretchesAsync(DateTimeOffset day, Guid round, int count, int[] except) =>
        _portal.ExecuteAsync(
            """
            INSERT INTO study_stretches (id, round_id, section_id, started_at, last_beat_at, seconds, confirmed)
            SELECT gen_random_uuid(), $1, 's', $2 + make_interval(hours => h), $2 + make_interval(hours => h), 60, true
            FROM generate_series(0, 23) AS h, generate_series(1, $3) AS n WHERE NOT h = ANY ($4)
            """,
            round,
            day,
            count,
            except
        );

    private int Files() => _portal.Get<PhotoFiles>().All().Count();

    /// <summary>Refused, with nothing stored and no file left.</summary>
    private async Task<RefusalCode> RefusedAsync(
        TestDriver driver,
        Guid? key = null,
        FeedbackKind? kind = FeedbackKind.SystemFault,
        string text = TestPortal.FeedbackText,
        int photos = 0
    )
    {
        var (before, files) = (await _portal.ImageAsync(), Files());
        var outcome = await _portal.TryFeedbackAsync(driver, key ?? Guid.NewGuid(), kind, text, photos);
        DatabaseImage.AssertSame(before, await _portal.ImageAsync());
        Assert.Equal(files, Files());
        return Assert.IsType<Outcome<FiledFeedback>.Refused>(outcome).Refusal.Code;
    }
}
