using AdminPortal.Data.Casework;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Drivers;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Statistics;

/// <summary>The officers' figures against counts that are written by hand, and against the lists behind them.</summary>
public sealed class StatisticsTests : IAsyncLifetime
{
    private static readonly StatisticsPeriod Whole = new(new DateOnly(2026, 3, 1), new DateOnly(2026, 5, 31));
    private static readonly StatisticsPeriod March = StatisticsPeriod.MonthOf(new DateOnly(2026, 3, 5));
    private static readonly StatisticsPeriod April = StatisticsPeriod.MonthOf(new DateOnly(2026, 4, 30));

    /// <summary>Every figure once more in SQL: instant, authority, scheme, part, amount, and from where.</summary>
    private static readonly Dictionary<Figure, string> ByHand = new()
    {
        [Figure.Participations] = "opened_at, authority, scheme_id, '', count(*) FROM rounds",
        [Figure.ApplicationsApproved] =
            "a.applied_at, r.authority, a.scheme_id, '', count(*) FROM applications a, rounds r WHERE r.id = a.round_id",
        [Figure.ApplicationsRefused] =
            "a.applied_at, l.authority, a.scheme_id, '', count(*) FROM applications a, licences l "
            + "WHERE l.driver_id = a.driver_id AND a.round_id IS NULL",
        [Figure.RefusalGrounds] =
            "a.applied_at, l.authority, a.scheme_id, f->>'Ground', count(*) FROM applications a, licences l, "
            + "jsonb_array_elements(a.findings::jsonb) f "
            + "WHERE l.driver_id = a.driver_id AND a.round_id IS NULL AND f->>'Holds' = 'false'",
        [Figure.StudySeconds] =
            "s.started_at, r.authority, r.scheme_id, '', sum(seconds) FROM study_stretches s, rounds r WHERE r.id = s.round_id "
            + "AND voided_by IS NULL AND seconds >= CASE r.scheme_id WHEN 'N' THEN 300 ELSE 0 END",
        [Figure.ExamsTaken] = Exams(""),
        [Figure.ExamsPassed] = Exams("AND e.state = 'Passed'"),
        [Figure.Resits] = Exams("AND attempt_number IN (2, 3)"),
        [Figure.Reductions] = Taken("count(*)"),
        [Figure.PointsTakenOff] = Taken("sum(p.points)"),
        [Figure.FaceChecks] = Faces(""),
        [Figure.FaceChecksFailed] = Faces("AND outcome IN ('Mismatch', 'NoFace')"),
        [Figure.FaceChecksUnavailable] = Faces("AND outcome = 'Unavailable'"),
        [Figure.CasesReceived] = "opened_at, authority, '', kind, count(*) FROM cases",
        [Figure.CasesDecided] = Decided(""),
        [Figure.CasesInTime] = Decided("AND NOT coalesce(decided_at >= due_at, false)"),
        [Figure.CasesUpheld] = Decided("AND state = 'Upheld'"),
        [Figure.FeedbackReceived] =
            "f.filed_at, c.authority, '', f.kind, count(*) FROM feedback_tickets f, cases c WHERE c.id = f.case_id",
        [Figure.OpinionsGiven] = Advised("'AdviseUphold', 'AdviseReject'"),
        [Figure.OpinionsAgreed] = Advised("CASE c.state WHEN 'Upheld' THEN 'AdviseUphold' ELSE 'AdviseReject' END"),
    };

    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync(StatisticsStory.Start);

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Every_figure_agrees_to_the_unit_with_a_count_by_hand_and_every_one_is_counted()
    {
        await StatisticsStory.TellAsync(_portal);
        var report = await ReadAsync(Whole);

        Assert.Equal(Enum.GetValues<Figure>(), ByHand.Keys.Order());
        foreach (var (figure, sql) in ByHand)
        {
            var expected = await LinesByHandAsync(sql);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, Sorted(report.Lines.Where(line => line.Figure == figure)));
        }
        // Months and groups add up to the whole: nothing is counted twice or lost between them.
        var (march, april) = (await ReadAsync(March), await ReadAsync(April));
        foreach (var figure in Enum.GetValues<Figure>())
        {
            Assert.Equal(report.Total[figure], march.Total[figure] + april.Total[figure]);
            foreach (var grouping in Enum.GetValues<StatisticsGrouping>().Where(g => Applies(g, figure)))
            {
                Assert.Equal(report.Total[figure], report.By(grouping).Sum(group => group.Figures[figure]));
            }
        }
        Assert.True(march.Total[Figure.Participations] > 0 && april.Total[Figure.Participations] > 0);
        await AssertListsAsync(report);
        await AssertQuestionsAsync(report);
    }

    // The list behind every number, over all its pages and in every part, adds up to the number.
    private async Task AssertListsAsync(StatisticsReport report)
    {
        var officer = await OfficerAsync();
        foreach (var figure in Enum.GetValues<Figure>())
        {
            var parts = report.Lines.Where(line => line.Figure == figure).Select(line => line.Part).Distinct();
            foreach (var part in parts.Prepend(null))
            {
                var lines = new List<FigureListLine>();
                FigureList list;
                var page = 1;
                do
                {
                    list = (
                        await _portal
                            .Get<StatisticsPages>()
                            .ListAsync(officer.Ref, new StatisticsQuestion(Whole), figure, part, page++, default)
                    )!;
                    lines.AddRange(list.Lines);
                } while (list.HasMore);
                var number = part is null ? report.Total[figure] : report.Total[figure, part];
                Assert.Equal((number, number), (list.Amount, lines.Sum(line => line.Amount)));
                Assert.Equal(list.Length, lines.Count);
                Assert.All(lines, line => Assert.Contains(line.Authority, StatisticsStory.Authorities));
            }
        }
        var none = await ListAsync(officer, new StatisticsQuestion(Whole, "渝B"));
        Assert.Equal((0, 0L, false), (none!.Length, none.Amount, none.HasMore));
        Assert.Null(await ListAsync(await _portal.CreateOfficerAsync(Role.Auditor, []), new StatisticsQuestion(Whole)));

        Task<FigureList?> ListAsync(TestOfficer who, StatisticsQuestion question) =>
            _portal.Get<StatisticsPages>().ListAsync(who.Ref, question, Figure.Participations, null, 1, default);
    }

    private async Task AssertQuestionsAsync(StatisticsReport report)
    {
        var byHand = await _portal.ColumnAsync<string>(
            """
            SELECT v.question_id || '|' || count(*) || '|' || count(*) FILTER (WHERE a.is_right)
            FROM exam_answers a JOIN exam_items i USING (attempt_id, ordinal) JOIN question_versions v ON v.id = i.version_id
            JOIN exam_attempts e ON e.id = a.attempt_id JOIN rounds r ON r.id = e.round_id
            WHERE e.attempt_number > 0 AND e.state IN ('Passed', 'Failed', 'NotAccepted', 'Invalid')
            AND r.authority IN ('渝A', '渝F', '鄂A') GROUP BY v.question_id
            """
        );
        Assert.NotEmpty(byHand);
        Assert.Equal(byHand.Order(), report.Questions.Select(q => $"{q.QuestionId}|{q.Given}|{q.Right}").Order());
        Assert.Equal(
            report.Questions.OrderBy(q => q.ShareRight).Select(q => q.ShareRight),
            report.Questions.Select(q => q.ShareRight)
        );
        Assert.All(report.Questions, q => Assert.NotEmpty(q.Text.Zh));
    }

    [Fact]
    public async Task A_day_and_a_month_begin_at_midnight_in_China()
    {
        var midnight = TestClock.China(2026, 4, 1);
        var drivers = await _portal.ImportDriversAsync(3);
        await ApplyAtAsync(drivers[0], midnight.AddMilliseconds(-1));
        await ApplyAtAsync(drivers[1], midnight);
        // Still 1 April in China, though the UTC day has been over for long.
        await ApplyAtAsync(drivers[2], midnight.AddDays(1).AddMilliseconds(-1));

        Assert.Equal(1, (await ReadAsync(March)).Total[Figure.Participations]);
        Assert.Equal(2, (await ReadAsync(April)).Total[Figure.Participations]);
        var days = (await ReadAsync(Whole)).By(StatisticsGrouping.Day).Where(d => d.Figures[Figure.Participations] > 0);
        Assert.Equal(
            [("2026-03-31", 1L), ("2026-04-01", 2L)],
            days.Select(d => (d.Key, d.Figures[Figure.Participations]))
        );
    }

    [Fact]
    public async Task Open_and_overdue_are_the_lengths_of_the_lists_behind_them()
    {
        await StatisticsStory.TellAsync(_portal);
        await _portal.ExecuteAsync(
            "UPDATE cases SET due_at = $1 WHERE decided_at IS NULL AND kind = 'Feedback'",
            _portal.Clock.Now
        );
        var officer = await OfficerAsync();
        var report = await ReadAsync(March, officer);
        foreach (var authority in StatisticsStory.Authorities.Prepend(null))
        {
            var one = await ReadAsync(March, officer, authority);
            var queue = _portal.Get<QueuePages>();
            var all = await queue.ReadAsync(
                officer.Ref,
                new QueueQuery(QueueFilter.All, Authority: authority),
                default
            );
            var overdue = await queue.ReadAsync(
                officer.Ref,
                new QueueQuery(QueueFilter.Overdue, Authority: authority),
                default
            );
            Assert.Equal(all!.Lines.Count, one.Open.Sum(o => o.Open));
            Assert.Equal(overdue!.Lines.Count, one.Open.Sum(o => o.Overdue));
        }
        Assert.Equal(1, report.Open.Single(o => o.Kind == CaseKind.Feedback).Overdue);
        Assert.Equal(2, report.Open.Sum(o => o.Open));
    }

    [Fact]
    public async Task A_decision_at_the_due_instant_is_late_and_a_median_is_the_middle()
    {
        var officer = await OfficerAsync();
        var cases = await _portal.SeedCasesAsync(4);
        foreach (var (number, hours) in new[] { 1, 2, 6, 11 }.Index())
        {
            await _portal.DecideAsync(officer, cases[number], number > 0);
            await _portal.ExecuteAsync(
                "UPDATE cases SET opened_at = $1, decided_at = $2, due_at = $3 WHERE id = $4",
                _portal.Clock.Now.AddHours(-hours),
                _portal.Clock.Now,
                _portal.Clock.Now.AddMilliseconds(number),
                cases[number]
            );
        }
        var report = await ReadAsync(March, officer);

        var times = Assert.Single(report.Times);
        Assert.Equal((CaseKind.ExamReview, 5m, 4m), (times.Kind, times.Average, times.Median));
        Assert.Equal(4, report.Total[Figure.CasesDecided]);
        Assert.Equal(3, report.Total[Figure.CasesInTime]);
        Assert.Equal(0.75m, FigureSet.Share(3, 4));
        Assert.Null(FigureSet.Share(0, 0));
    }

    [Fact]
    public async Task An_officer_counts_what_is_theirs_and_narrows_it_by_authority_and_scheme()
    {
        await StatisticsStory.TellAsync(_portal);
        var officer = await OfficerAsync();
        var all = await ReadAsync(Whole, officer);
        Assert.Equal(StatisticsStory.Authorities.Order(StringComparer.Ordinal), all.Authorities);
        Assert.DoesNotContain(all.Lines, line => line.Authority == "渝B");
        Assert.Equal(["N", "S0", "S1"], all.By(StatisticsGrouping.Scheme).Select(group => group.Key));

        var one = await ReadAsync(Whole, officer, "鄂A");
        Assert.Equal(Sorted(all.Lines.Where(l => l.Authority == "鄂A")), Sorted(one.Lines));
        Assert.Empty((await ReadAsync(Whole, officer, "渝B")).Lines);
        var national = await ReadAsync(Whole, officer, scheme: "N");
        Assert.Equal(Sorted(all.Lines.Where(l => l.Scheme == "N")), Sorted(national.Lines));
        Assert.Empty(national.Times);
        Assert.Empty(national.Open);
        Assert.Empty((await ReadAsync(Whole, await _portal.CreateOfficerAsync(authorities: []))).Lines);
    }

    [Fact]
    public async Task Who_may_not_see_figures_sees_none()
    {
        var pages = _portal.Get<StatisticsPages>();
        var question = new StatisticsQuestion(March);
        foreach (var role in Enum.GetValues<Role>())
        {
            var officer = await _portal.CreateOfficerAsync(role, role == Role.Auditor ? [] : ["渝A"]);
            Assert.Equal(
                role is Role.Reviewer or Role.Supervisor,
                await pages.ReadAsync(officer.Ref, question, default) is not null
            );
        }
        var driver = await _portal.ImportDriverAsync();
        Assert.Null(await pages.ReadAsync(driver.Ref, question, default));
    }

    [Theory]
    [InlineData("2026-03-01", "2026-03-31", 31)]
    [InlineData("2026-03-01", "2026-03-01", 1)]
    [InlineData("2025-03-01", "2026-03-01", 366)]
    [InlineData("2025-02-28", "2026-03-01", 0)]
    [InlineData("2026-03-02", "2026-03-01", 0)]
    [InlineData("2026-02-29", "2026-03-01", 0)]
    [InlineData("9999-12-31", "9999-12-31", 0)]
    [InlineData("", "2026-03-01", 0)]
    [InlineData("1.3.2026", null, 0)]
    public void A_period_is_days_in_order_and_a_year_at_most(string? from, string? to, int days) =>
        Assert.Equal(days, StatisticsPeriod.Parse(from, to)?.Days.Count() ?? 0);

    [Fact]
    public void Every_table_is_made_of_figures_that_have_a_scheme_where_it_says_so()
    {
        Assert.Equal(FigureTables.Ids.Count, FigureTables.Ids.Distinct().Count());
        Assert.All(FigureTables.All, table => Assert.NotEmpty(table.Drawn));
        Assert.Equal(Enum.GetNames<Ground>(), FigureTables.Parts.Single(t => t.Id == nameof(Ground)).Parts);
    }

    private static bool Applies(StatisticsGrouping grouping, Figure figure) =>
        grouping != StatisticsGrouping.Scheme || figure.HasScheme();

    private static string Exams(string more) =>
        "e.finished_at, r.authority, r.scheme_id, '', count(*) FROM exam_attempts e, rounds r WHERE r.id = e.round_id "
        + $"AND e.attempt_number > 0 AND e.state IN ('Passed', 'Failed', 'NotAccepted', 'Invalid') {more}";

    private static string Faces(string more) =>
        $"f.taken_at, r.authority, r.scheme_id, f.purpose, count(*) FROM face_checks f, rounds r WHERE r.id = f.round_id {more}";

    private static string Taken(string amount) =>
        "p.settled_at, coalesce(r.authority, a.authority), coalesce(r.scheme_id, a.scheme_id), coalesce(a.kind, 'Online'), "
        + $"{amount} FROM reductions p LEFT JOIN rounds r ON r.id = p.round_id "
        + "LEFT JOIN attendances a ON a.id = p.attendance_id WHERE p.state = 'Applied'";

    private static string Decided(string more) =>
        $"decided_at, authority, '', kind, count(*) FROM cases WHERE decided_at IS NOT NULL {more}";

    private static string Advised(string acts) =>
        "c.decided_at, c.authority, '', c.kind, count(*) FROM cases c, case_steps s "
        + $"WHERE s.case_id = c.id AND c.decided_at IS NOT NULL AND s.act IN ({acts})";

    private async Task<IReadOnlyList<string>> LinesByHandAsync(string sql)
    {
        var (what, from) = (
            sql[..sql.IndexOf(" FROM ", StringComparison.Ordinal)],
            sql[sql.IndexOf(" FROM ", StringComparison.Ordinal)..]
        );
        var lines = await _portal.ColumnAsync<string>(
            $"""
            SELECT to_char(happened AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') || '|' || authority || '|' || scheme || '|' || part
                || '|' || sum(amount)
            FROM (SELECT {what} {from} GROUP BY 1, 2, 3, 4) x (happened, authority, scheme, part, amount)
            WHERE authority IN ('渝A', '渝F', '鄂A')
            GROUP BY to_char(happened AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD'), authority, scheme, part
            """
        );
        return [.. lines.Order()];
    }

    private static IEnumerable<string> Sorted(IEnumerable<FigureLine> lines) => lines.Select(Written).Order();

    // Grounds are stored as numbers.
    private static string Written(FigureLine line)
    {
        var part = line.Figure == Figure.RefusalGrounds ? $"{(int)Enum.Parse<Ground>(line.Part)}" : line.Part;
        return $"{line.Day:yyyy-MM-dd}|{line.Authority}|{line.Scheme}|{part}|{line.Amount}";
    }

    private async Task ApplyAtAsync(TestDriver driver, DateTimeOffset at)
    {
        _portal.Clock.Now = at;
        await _portal.ApplyAsync(driver);
    }

    private Task<TestOfficer> OfficerAsync() => _portal.CreateOfficerAsync(authorities: StatisticsStory.Authorities);

    [Fact]
    public async Task What_officers_decided_adds_up_to_what_was_decided_and_a_reviewer_sees_their_own_line()
    {
        await StatisticsStory.TellAsync(_portal);
        var report = await ReadAsync(
            Whole,
            await _portal.CreateOfficerAsync(Role.Supervisor, StatisticsStory.Authorities)
        );
        Assert.NotEmpty(report.Officers);
        Assert.Equal(report.Total[Figure.CasesDecided], report.Officers.Sum(o => o.Decided));
        Assert.Equal(report.Total[Figure.CasesInTime], report.Officers.Sum(o => o.InTime));
        Assert.Equal(report.Total[Figure.CasesUpheld], report.Officers.Sum(o => o.Upheld));
        var hours = report.Officers.Sum(o => o.Hours * o.Decided) / report.Officers.Sum(o => o.Decided);
        var byHand = await _portal.ScalarAsync<double>(
            "SELECT avg(extract(epoch FROM decided_at - opened_at) / 3600)::float8 FROM cases WHERE decided_at IS NOT NULL AND authority = ANY($1)",
            (object)StatisticsStory.Authorities
        );
        Assert.Equal((decimal)byHand, hours!.Value, 3);

        // Who leads nobody reads nobody else's figures.
        var reviewer = await _portal.CreateOfficerAsync(Role.Reviewer, StatisticsStory.Authorities);
        Assert.Empty((await ReadAsync(Whole, reviewer)).Officers);
        await _portal.DecideAsync(reviewer, (await _portal.SeedCasesAsync(1))[0], uphold: true);
        var own = Assert.Single((await ReadAsync(Whole, reviewer)).Officers);
        Assert.Equal((reviewer.Badge, 1, 1, 1), (own.Badge, own.Decided, own.InTime, own.Upheld));
    }

    [Fact]
    public async Task A_second_opinion_agrees_or_not_with_the_decision_that_followed()
    {
        var (holder, colleague) = (await _portal.CreateOfficerAsync(), await _portal.CreateOfficerAsync());
        var chief = await _portal.CreateOfficerAsync(Role.Supervisor);
        foreach (
            var (@case, advice, decision) in (await _portal.SeedCasesAsync(4)).Zip(
                [true, true, false, true],
                [true, false, false, true]
            )
        )
        {
            await _portal.DoAsync(new ClaimCase(@case), holder.Ref);
            await _portal.DoAsync(new AskOpinion(@case, "是否同一人？"), holder.Ref);
            await _portal.DoAsync(new GiveOpinion(@case, advice, "看过。"), colleague.Ref);
            var version = (await _portal.CaseAsync(@case)).Version;
            await _portal.DoAsync(new DecideReview(@case, version, decision, "照片与本人一致。"), holder.Ref);
        }

        var officers = (await ReadAsync(Whole, chief)).Officers;

        var advised = Assert.Single(officers, o => o.Badge == colleague.Badge);
        Assert.Equal((0, null, 4, 3), (advised.Decided, advised.Hours, advised.Advised, advised.Agreed));
        var decided = Assert.Single(officers, o => o.Badge == holder.Badge);
        Assert.Equal((4, 2, 0), (decided.Decided, decided.Upheld, decided.Advised));
        // Another month has neither.
        Assert.Empty((await ReadAsync(April, chief)).Officers);

        // Behind every number of an officer stands a list that is as long: for who leads the work, and for themselves.
        foreach (var officer in officers)
        {
            var own = new[] { holder, colleague }.Single(o => o.Badge == officer.Badge);
            foreach (
                var (figure, number) in new[]
                {
                    (Figure.CasesDecided, officer.Decided),
                    (Figure.CasesInTime, officer.InTime),
                    (Figure.CasesUpheld, officer.Upheld),
                    (Figure.OpinionsGiven, officer.Advised),
                    (Figure.OpinionsAgreed, officer.Agreed),
                }
            )
            {
                Assert.Equal(number, (await ListOfAsync(chief, officer.Badge, figure)).Length);
                Assert.Equal(number, (await ListOfAsync(own, officer.Badge, figure)).Length);
            }
        }
        // Nobody else reads it, and what no officer does is nobody's.
        Assert.Equal(0, (await ListOfAsync(colleague, holder.Badge, Figure.CasesDecided)).Length);
        Assert.Equal(0, (await ListOfAsync(chief, holder.Badge, Figure.CasesReceived)).Length);

        async Task<FigureList> ListOfAsync(TestOfficer reader, string badge, Figure figure) =>
            (
                await _portal
                    .Get<StatisticsPages>()
                    .ListAsync(reader.Ref, new StatisticsQuestion(Whole, Officer: badge), figure, null, 1, default)
            )!;
    }

    private async Task<StatisticsReport> ReadAsync(
        StatisticsPeriod period,
        TestOfficer? officer = null,
        string? authority = null,
        string? scheme = null
    ) =>
        (
            await _portal
                .Get<StatisticsPages>()
                .ReadAsync(
                    (officer ?? await OfficerAsync()).Ref,
                    new StatisticsQuestion(period, authority, scheme),
                    default
                )
        )!;
}
