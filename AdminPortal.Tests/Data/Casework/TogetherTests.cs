using AdminPortal.Data.Casework;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Reviews;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Casework;

/// <summary>Officers with each other and with the driver, on the stored case.</summary>
public sealed class TogetherTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "D-EVIDENCE")]
    [Trait("Rule", "S1-38")]
    public async Task What_the_driver_is_asked_for_arrives_and_goes_into_the_decision()
    {
        var (officer, other) = (await _portal.CreateOfficerAsync(), await _portal.CreateOfficerAsync());
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        var id = await _portal.FileReviewAsync(driver, attempt);
        var due = (await _portal.CaseAsync(id)).DueAt;
        await _portal.DoAsync(new ClaimCase(id), officer.Ref);

        await _portal.DoAsync(new AskEvidence(id, "请补交当天的照片。"), officer.Ref);

        Assert.Contains("EvidenceAsked", await _portal.MessagesToAsync(driver));
        // The next case is another one while the driver has time; who opens this one may still take it.
        Assert.Equal(RefusalCode.QueueEmpty, (await _portal.RefusedAsync(new ClaimNextCase(), other.Ref)).Code);
        Assert.Equal((1, 0), await CountsAsync(other, c => (c.Evidence, c.Free)));
        var asked = (await _portal.Get<EvidencePages>().FindAsync(driver.Id, id, default))!;
        Assert.Equal(("请补交当天的照片。", _portal.Clock.Now.AddHours(24)), (asked.Request, asked.Until));
        Assert.Null(await _portal.Get<EvidencePages>().FindAsync(officer.Id, id, default));

        var seen = await _portal.DoAsync(new ViewCase(id), other.Ref);
        Assert.True(
            Value(
                await _portal
                    .Get<EvidenceService>()
                    .GiveAsync(
                        driver.Ref,
                        id,
                        "当天光线暗。",
                        [new PhotoUpload("photo1", AdminPortal.Data.Demo.SamplePhotos.Named("no-face").Bytes)],
                        default
                    )
            )
        );

        Assert.Equal((0, 1), await CountsAsync(other, c => (c.Evidence, c.Free)));
        Assert.Equal(id, await _portal.ClaimNextAsync(other));
        var desk = await _portal.DoAsync(new ViewCase(id), other.Ref);
        Assert.Equal("当天光线暗。", desk.Evidence!.Given);
        Assert.Single(desk.Files);
        Assert.Equal(due, desk.Due.ExpiresAt);
        // A decision on what was there before the evidence came is not taken.
        Assert.Equal(
            RefusalCode.Stale,
            (await _portal.RefusedAsync(new DecideReview(id, seen.Version, false, "看不清。"), other.Ref)).Code
        );
        await _portal.DoAsync(new DecideReview(id, desk.Version, true, "与证件照一致。"), other.Ref);
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "D-EVIDENCE")]
    public async Task After_the_drivers_time_the_case_is_offered_again()
    {
        var (officer, id) = (await _portal.CreateOfficerAsync(), (await _portal.SeedCasesAsync(1))[0]);
        await _portal.DoAsync(new ClaimCase(id), officer.Ref);
        await _portal.DoAsync(new AskEvidence(id, "请补交。"), officer.Ref);
        Assert.Equal(RefusalCode.QueueEmpty, (await _portal.RefusedAsync(new ClaimNextCase(), officer.Ref)).Code);

        _portal.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(id, await _portal.ClaimNextAsync(officer));
    }

    [Fact]
    [Trait("Rule", "D-EVIDENCE")]
    public async Task Evidence_sent_by_thirty_clicks_at_once_is_there_once()
    {
        var officer = await _portal.CreateOfficerAsync();
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        var id = await _portal.FileReviewAsync(driver, attempt);
        await _portal.DoAsync(new ClaimCase(id), officer.Ref);
        await _portal.DoAsync(new AskEvidence(id, "请补交。"), officer.Ref);

        var outcomes = await Race.RunAsync(30, _ => _portal.TryAsync(new GiveEvidence(id, "光线暗。", []), driver.Ref));

        Assert.Single(outcomes.Select(Value), isNew => isNew);
        const string count = "SELECT count(*) FROM case_steps WHERE case_id = $1 AND act = 'GiveEvidence'";
        Assert.Equal(1, await _portal.ScalarAsync<long>(count, id));
        await _portal.AssertAuditIsWholeAsync();

        // The control: look whether it is there, then write it.
        const string write = """
            INSERT INTO case_steps (case_id, number, from_state, act, to_state, happened_at, by_kind, by_id, by_name)
            SELECT case_id, 100 + (random() * 1e6)::int, to_state, 'GiveEvidence', to_state, happened_at, by_kind, by_id, by_name
            FROM case_steps WHERE case_id = $1 AND number = 1
            """;
        var fresh = (await _portal.SeedCasesAsync(1))[0];
        Assert.True(await NaiveControl.LookThenWriteAsync(_portal, 10, count, write, fresh) > 1);
    }

    [Fact]
    public async Task A_second_question_to_the_driver_is_stopped_by_the_database_too()
    {
        var (officer, id) = (await _portal.CreateOfficerAsync(), (await _portal.SeedCasesAsync(1))[0]);
        await _portal.DoAsync(new ClaimCase(id), officer.Ref);
        await _portal.DoAsync(new AskEvidence(id, "请补交。"), officer.Ref);
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            _portal.ExecuteAsync(
                """
                INSERT INTO case_steps (case_id, number, from_state, act, to_state, happened_at, by_kind, by_id, by_name)
                SELECT case_id, 99, from_state, act, to_state, happened_at, by_kind, by_id, by_name
                FROM case_steps WHERE case_id = $1 AND act = 'AskEvidence'
                """,
                id
            )
        );
        Assert.Equal("ux_case_steps_one_evidence", refused.ConstraintName);
    }

    [Fact]
    public async Task Escalated_cases_are_offered_to_supervisors_only_and_filters_find_what_is_asked_of_whom()
    {
        var (officer, colleague) = (await _portal.CreateOfficerAsync(), await _portal.CreateOfficerAsync());
        var chief = await _portal.CreateOfficerAsync(Role.Supervisor);
        var cases = await _portal.SeedCasesAsync(2);
        await _portal.DoAsync(new ClaimCase(cases[0]), officer.Ref);
        await _portal.DoAsync(new EscalateCase(cases[0], "疑难。"), officer.Ref);
        await _portal.DoAsync(new ClaimCase(cases[1]), officer.Ref);
        await _portal.DoAsync(new AskOpinion(cases[1], "是否同一人？"), officer.Ref);

        Assert.Equal((1, 1, 0), await CountsAsync(colleague, c => (c.Escalated, c.Opinion, c.Free)));
        Assert.Equal((1, 0, 0), await CountsAsync(officer, c => (c.Escalated, c.Opinion, c.Free)));
        Assert.Equal(1, await CountsAsync(chief, c => c.Free));
        Assert.Equal(cases[1], Assert.Single(await LinesAsync(colleague, new QueueQuery(QueueFilter.Opinion))).CaseId);
        Assert.Equal(RefusalCode.QueueEmpty, (await _portal.RefusedAsync(new ClaimNextCase(), colleague.Ref)).Code);
        Assert.Equal(cases[0], await _portal.ClaimNextAsync(chief));

        await _portal.DoAsync(new AssignCase(cases[0], colleague.Id, "请你办理。"), chief.Ref);
        await _portal.DoAsync(new GiveOpinion(cases[1], true, "像。"), colleague.Ref);

        Assert.Equal(cases[0], await _portal.ClaimNextAsync(colleague));
        Assert.Equal((0, 0), await CountsAsync(colleague, c => (c.Escalated, c.Opinion)));
    }

    [Fact]
    public async Task Kind_officer_and_number_narrow_list_and_counts_alike()
    {
        var officer = await _portal.CreateOfficerAsync();
        var cases = await _portal.SeedCasesAsync(3);
        var ticket = await _portal.FileFeedbackAsync(await _portal.ImportDriverAsync());
        await _portal.DoAsync(new ClaimCase(cases[1]), officer.Ref);
        var number = (await _portal.CaseAsync(cases[2])).Number;
        Assert.Equal(CaseNumber.Of(cases[2]), number);
        var letter = await _portal.ScalarAsync<string>(
            "SELECT ticket_number FROM feedback_tickets WHERE case_id = $1",
            ticket
        );

        await ExpectAsync(new QueueQuery(QueueFilter.All, CaseKind.ExamReview), [.. cases]);
        await ExpectAsync(new QueueQuery(QueueFilter.All, CaseKind.Feedback), ticket);
        await ExpectAsync(new QueueQuery(QueueFilter.All, Officer: officer.Badge), cases[1]);
        await ExpectAsync(new QueueQuery(QueueFilter.All, Text: number), cases[2]);
        await ExpectAsync(new QueueQuery(QueueFilter.All, Text: letter), ticket);
        await ExpectAsync(new QueueQuery(QueueFilter.All, CaseKind.Appeal));

        await _portal.DecideAsync(officer, cases[1], uphold: true);
        // A decided one is found by its number, whenever that was.
        _portal.Clock.Advance(TimeSpan.FromDays(60));
        var found = new QueueQuery(QueueFilter.Decided, Text: CaseNumber.Of(cases[1]));
        Assert.Equal(cases[1], Assert.Single(await LinesAsync(officer, found)).CaseId);
        Assert.Equal(1, (await PageAsync(officer, found)).Counts.Decided);
        Assert.Empty(await LinesAsync(officer, new QueueQuery(QueueFilter.Decided)));

        async Task ExpectAsync(QueueQuery query, params Guid[] expected)
        {
            var page = await PageAsync(officer, query);
            Assert.Equal(expected.Order(), page.Lines.Select(l => l.CaseId).Order());
            Assert.Equal(expected.Length, page.Counts.Open);
        }
    }

    [Fact]
    public async Task The_team_board_adds_up_to_the_queue_behind_it()
    {
        var chief = await _portal.CreateOfficerAsync(Role.Supervisor, ["渝A", "渝B"]);
        var officer = await _portal.CreateOfficerAsync();
        var cases = await _portal.SeedCasesAsync(3);
        await _portal.SeedCasesAsync(2, "渝B");
        await _portal.SeedCasesAsync(1, "鄂A");
        await _portal.FileFeedbackAsync(await _portal.ImportDriverAsync());
        await _portal.DoAsync(new ClaimCase(cases[0]), officer.Ref);
        await _portal.DecideAsync(officer, cases[1], uphold: true);

        var board = (await _portal.Get<TeamPages>().ReadAsync(chief.Ref, default))!;

        foreach (var line in board.Load)
        {
            foreach (
                var (filter, count) in new[]
                {
                    (QueueFilter.All, line.Open),
                    (QueueFilter.Overdue, line.Overdue),
                    (QueueFilter.DueToday, line.DueToday),
                    (QueueFilter.DueTomorrow, line.DueTomorrow),
                    (QueueFilter.AwaitingCalendar, line.Awaiting),
                }
            )
            {
                var query = new QueueQuery(filter, line.Kind, line.Authority);
                Assert.Equal(count, (await LinesAsync(chief, query)).Count);
            }
        }
        Assert.Equal(
            (await PageAsync(chief, new QueueQuery(QueueFilter.All))).Counts.Open,
            board.Load.Sum(l => l.Open)
        );
        Assert.Equal(board.Load.Sum(l => l.Open), board.Ageing.Sum());
        Assert.Equal(["渝A", "渝A", "渝B"], board.Load.Select(l => l.Authority));
        var member = Assert.Single(board.Members, m => m.Badge == officer.Badge);
        Assert.Equal((1, 1, 1), (member.Held, member.DecidedToday, member.DecidedWeek));
        Assert.Null(await _portal.Get<TeamPages>().ReadAsync(officer.Ref, default));
    }

    [Fact]
    public async Task Views_are_each_officers_own_eight_at_most_and_the_same_name_replaces()
    {
        var (officer, other) = (await _portal.CreateOfficerAsync(), await _portal.CreateOfficerAsync());
        for (var n = 1; n <= SavedViewRow.Most; n++)
        {
            await _portal.DoAsync(new SaveView($"视图{n}", "?filter=today"), officer.Ref);
        }
        await _portal.DoAsync(new SaveView("视图3", "?kind=appeal"), officer.Ref);
        Assert.Equal(
            RefusalCode.TooManyViews,
            (await _portal.RefusedAsync(new SaveView("再一个", ""), officer.Ref)).Code
        );
        await _portal.DoAsync(new ForgetView(1), other.Ref);

        var views = await _portal.Get<SavedViewPages>().ReadAsync(officer.Id, default);
        Assert.Equal(SavedViewRow.Most, views.Count);
        Assert.Equal("?kind=appeal", views.Single(v => v.Name == "视图3").Query);
        Assert.Empty(await _portal.Get<SavedViewPages>().ReadAsync(other.Id, default));
    }

    [Fact]
    public async Task Reasons_worded_by_a_supervisor_stand_on_the_desk_of_their_scheme_and_a_late_change_is_refused()
    {
        var (officer, chief) = (await _portal.CreateOfficerAsync(), await _portal.CreateOfficerAsync(Role.Supervisor));
        var id = (await _portal.SeedCasesAsync(1))[0];
        Assert.Empty((await _portal.DoAsync(new ViewCase(id), officer.Ref)).Templates);

        var version = await _portal.DoAsync(
            new EditTemplates("S1", CaseKind.ExamReview, true, [" 确为本人。 ", "", "确为本人。", "光线所致。"], 0),
            chief.Ref
        );

        Assert.Equal(
            ["确为本人。", "光线所致。"],
            (await _portal.DoAsync(new ViewCase(id), officer.Ref)).Templates[true]
        );
        var late = await _portal.RefusedAsync(
            new EditTemplates("S1", CaseKind.ExamReview, true, ["晚了。"], 0),
            chief.Ref
        );
        Assert.Equal((RefusalCode.Stale, chief.Badge), (late.Code, late.Facts[0]));
        // Another authority's scheme is not there.
        Assert.Equal(
            RefusalCode.NotFound,
            (await _portal.RefusedAsync(new EditTemplates("N", CaseKind.ExamReview, true, [], 0), chief.Ref)).Code
        );
        await _portal.DoAsync(new EditTemplates("S1", CaseKind.ExamReview, true, [], version), chief.Ref);
        Assert.Empty((await _portal.DoAsync(new ViewCase(id), officer.Ref)).Templates);
    }

    private static T Value<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Done>(outcome).Value;

    private async Task<QueuePage> PageAsync(TestOfficer officer, QueueQuery query) =>
        (await _portal.Get<QueuePages>().ReadAsync(officer.Ref, query, default))!;

    private async Task<IReadOnlyList<QueueLine>> LinesAsync(TestOfficer officer, QueueQuery query) =>
        (await PageAsync(officer, query)).Lines;

    private async Task<T> CountsAsync<T>(TestOfficer officer, Func<QueueCounts, T> of) =>
        of((await PageAsync(officer, new QueueQuery(QueueFilter.All))).Counts);
}
