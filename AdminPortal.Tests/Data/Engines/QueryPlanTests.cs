using AdminPortal.Data.Attendances;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Leads;
using AdminPortal.Data.Outages;
using AdminPortal.Data.Rounds;
using AdminPortal.Data.Schemes;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Data.Engines;

/// <summary>
/// How the database runs what the officers' pages and the jobs behind them ask, among a great many decided cases and finished rounds:
/// nothing that grows with the years is gone through. The statements are those the product sends, and they are really run.
/// </summary>
public sealed class QueryPlanTests(CrowdedPortal portal) : IClassFixture<CrowdedPortal>
{
    /// <summary>A page of a list, and the one line that tells whether there are more.</summary>
    private const int Page = 51;

    /// <summary>Of every ten rows three are the officer's; a list in the order of an index passes over the other seven.</summary>
    private const int PageAmongOthers = Page * 10 / 3 * 2;

    /// <summary>Everything open, of all authorities.</summary>
    private static readonly int Open = CrowdedPortal.Size.Open;

    /// <summary>What is read of small tables is no matter.</summary>
    private static readonly HashSet<string> Growing =
    [
        "cases",
        "rounds",
        "round_deadlines",
        "drivers",
        "feedback_tickets",
        "attendances",
        "blacklist_entries",
        "outages",
        "leads",
    ];

    /// <param name="Run">What is asked.</param>
    /// <param name="Most">So many rows of one table may be looked at, of the tens of thousands there are.</param>
    private sealed record Scenario(Func<CrowdedPortal, Task> Run, int Most);

    private static readonly Dictionary<string, Scenario> Scenarios = new()
    {
        ["attendances"] = new(p => Attendances(p, null), PageAmongOthers),
        ["attendances that wait"] = new(p => Attendances(p, AttendanceState.Recorded), 100),
        ["attendances declined"] = new(p => Attendances(p, AttendanceState.Declined), PageAmongOthers),
        ["blacklist"] = new(p => Entries(p, null), PageAmongOthers),
        ["blacklist proposed"] = new(p => Entries(p, BlacklistState.Proposed), 100),
        ["blacklist in force"] = new(p => Entries(p, BlacklistState.InForce), PageAmongOthers),
        ["outages"] = new(p => Outages(p, null), PageAmongOthers),
        ["outages declared"] = new(p => Outages(p, OutageState.Declared), 100),
        ["outages confirmed"] = new(p => Outages(p, OutageState.Confirmed), PageAmongOthers),
        ["next case"] = new(p => p.DoAsync(new ClaimNextCase()), Open),
        ["team board"] = new(p => p.Get<TeamPages>().ReadAsync(p.Officer, default), Week * 3 / 10 + Open),
        ["leads without a case"] = new(p => p.DoAsync(new OpenLeadCases(), ActorRef.System), 0),
        ["warnings"] = new(p => p.Get<CaseWarnings>().ReadAsync(default), Open),
        ["decided, far behind"] = new(p => Queue(p, new(QueueFilter.Decided, Page: 20)), Month),
        ["lapsed claims"] = new(p => p.DoAsync(new LapseClaims(), ActorRef.System), Open),
        ["expired rounds"] = new(p => p.DoAsync(new ExpireRounds(), ActorRef.System), OpenRounds),
        ["reminders"] = new(p => p.DoAsync(new RemindOfDeadlines(), ActorRef.System), OpenRounds),
        ["rounds an outage hit"] = new(CandidatesAsync, CrowdedPortal.Size.Rounds / 10 / 4),
        ["open rounds of an authority"] = new(OpenRoundsAsync, OpenRounds),
        ["figures of two days"] = new(FiguresAsync, CrowdedPortal.Size.Rounds / 30),
    };

    private static int Week => CrowdedPortal.Size.Cases * 7 / CrowdedPortal.Size.Days;

    private static int Month => CrowdedPortal.Size.Cases * 30 / CrowdedPortal.Size.Days;

    private static int OpenRounds => CrowdedPortal.Size.Rounds / 100;

    public static TheoryData<string> Names => [.. Scenarios.Keys];

    /// <summary>The same, without the index it hangs on.</summary>
    public static TheoryData<string, string[]> Controls =>
        new()
        {
            { "attendances", ["ix_attendances_newest"] },
            { "attendances that wait", ["IX_attendances_authority_state_recorded_at", "ix_attendances_newest"] },
            { "blacklist", ["ix_blacklist_entries_newest"] },
            {
                "blacklist in force",
                ["IX_blacklist_entries_authority_state_proposed_at", "ix_blacklist_entries_newest"]
            },
            { "outages", ["ix_outages_newest"] },
            { "outages declared", ["IX_outages_state_declared_at", "ix_outages_newest"] },
            { "next case", ["ix_cases_open_due", "ix_cases_open_holder"] },
            // To PostgreSQL what is null stands in the index of the case too; SQL Server leaves it out there.
            { "leads without a case", ["ix_leads_without_case", "IX_leads_case_id"] },
            { "warnings", ["ix_cases_open_due", "ix_cases_open_holder"] },
            { "decided, far behind", ["ix_cases_decided", "ix_cases_decided_newest"] },
            { "lapsed claims", ["ix_cases_open_due", "ix_cases_open_holder"] },
            { "expired rounds", ["ix_round_deadlines_running", "ux_round_deadlines_one_running"] },
            { "reminders", ["ix_round_deadlines_running", "ux_round_deadlines_one_running"] },
            { "rounds an outage hit", ["ix_rounds_not_reduced"] },
            {
                "open rounds of an authority",
                ["ux_rounds_one_open", "ix_rounds_open_reset", "ix_rounds_not_reduced", "IX_rounds_authority_opened_at"]
            },
            { "figures of two days", ["ix_cases_opened"] },
        };

    [Fact]
    public async Task The_queue_reads_the_open_cases_however_it_is_narrowed_and_a_page_of_the_decided_ones()
    {
        foreach (var filter in Enum.GetValues<QueueFilter>())
        {
            foreach (var query in await NarrowedAsync(filter))
            {
                var most =
                    query.Text is not null ? 2
                    : filter == QueueFilter.Decided ? PageAmongOthers
                    : Open;
                var plans = await portal.Plans.OfAsync(() => Queue(portal, query));
                Assert.True(plans.Count > 2);
                AssertReads(plans, filter == QueueFilter.Decided ? Math.Max(most, Open) : most, $"{query}");
                // The open ones are counted whatever is listed; the list itself reads its page.
                AssertReads(plans.Where(p => p.Sql.Contains("ORDER BY c.decided_at DESC")), most, $"{query}");
                Assert.All(plans, p => Assert.True(p.Rows <= Page, $"{p}"));
            }
        }
    }

    [Theory]
    [InlineData(QueueFilter.All, null, "ix_cases_open_due", "ix_cases_open_holder")]
    [InlineData(QueueFilter.Decided, null, "ix_cases_decided_newest")]
    [InlineData(QueueFilter.Decided, "0123ABCD", "IX_cases_number")]
    public async Task Without_its_index_the_queue_is_found_out(
        QueueFilter filter,
        string? number,
        params string[] without
    )
    {
        var plans = await portal.Plans.OfAsync(() => Queue(portal, new(filter, Text: number)), without);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
            AssertReads(plans, number is null ? Math.Max(PageAmongOthers, Open) : 2, "control")
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Lists_counts_and_jobs_read_what_they_are_about_and_no_more(string name)
    {
        var scenario = Scenarios[name];
        var plans = await portal.Plans.OfAsync(() => scenario.Run(portal));
        Assert.Contains(plans, p => p.Reads.Any(r => Growing.Contains(r.Table)));
        AssertReads(plans, scenario.Most, name);
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Without_its_index_each_of_them_is_found_out(string name, string[] without)
    {
        var plans = await portal.Plans.OfAsync(() => Scenarios[name].Run(portal), without);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertReads(plans, Scenarios[name].Most, name));
    }

    [Fact]
    public async Task What_waits_stands_before_the_rest_over_all_pages_and_every_line_once()
    {
        var pages = portal.Get<AttendancePages>();
        var lines = new List<AttendanceLine>();
        AttendancePage page;
        var number = 1;
        do
        {
            page = (await pages.ListAsync(portal.Officer, null, number++, default))!;
            Assert.True(!page.HasMore || page.Lines.Count == AttendancePages.PageSize);
            lines.AddRange(page.Lines);
        } while (page.HasMore);

        Assert.InRange(page.Waiting, 1, AttendancePages.PageSize - 1); // the border lies within a page
        Assert.Equal(CrowdedPortal.Size.Others * 3 / 10, lines.Select(l => l.Id).Distinct().Count());
        Assert.Equal(lines.Count, lines.Select(l => l.Id).Distinct().Count());
        Assert.Equal(
            lines
                .OrderBy(l => l.State != AttendanceState.Recorded)
                .ThenByDescending(l => l.RecordedAt)
                .Select(l => l.Id),
            lines.Select(l => l.Id)
        );
        Assert.Equal(page.Waiting, lines.TakeWhile(l => l.State == AttendanceState.Recorded).Count());
        Assert.Empty((await pages.ListAsync(portal.Officer, null, int.MaxValue, default))!.Lines);
    }

    private static void AssertReads(IEnumerable<StatementPlan> plans, int most, string about) =>
        Assert.All(
            plans,
            plan =>
                Assert.All(
                    plan.Reads.Where(r => Growing.Contains(r.Table)),
                    read => Assert.True(read.Kind != "Seq Scan" && read.Rows <= most, $"{about}: {read}\n{plan}")
                )
        );

    private async Task<IReadOnlyList<QueueQuery>> NarrowedAsync(QueueFilter filter)
    {
        await using var db = portal.Plans.CreateDbContext();
        var ticket = await db.FeedbackTickets.OrderBy(f => f.FiledAt).Select(f => f.Number).FirstAsync();
        const string badge = "910005";
        return
        [
            new(filter),
            new(filter, CaseKind.Appeal),
            new(filter, CaseKind.ExamReview),
            new(filter, CaseKind.Lead),
            new(filter, Authority: "渝B"),
            new(filter, Officer: badge),
            new(filter, CaseKind.ExamReview, "渝B", badge),
            new(filter, Text: "0123ABCD"),
            new(filter, Text: ticket),
        ];
    }

    private static Task Queue(CrowdedPortal p, QueueQuery query) =>
        p.Get<QueuePages>().ReadAsync(p.Officer, query, default);

    private static Task Attendances(CrowdedPortal p, AttendanceState? state) =>
        p.Get<AttendancePages>().ListAsync(p.Officer, state, 1, default);

    private static Task Entries(CrowdedPortal p, BlacklistState? state) =>
        p.Get<BlacklistPages>().ListAsync(p.Officer, state, 1, default);

    private static Task Outages(CrowdedPortal p, OutageState? state) =>
        p.Get<OutagePages>().ListAsync(p.Officer, state, 1, default);

    private static async Task OpenRoundsAsync(CrowdedPortal p)
    {
        await using var db = p.Plans.CreateDbContext();
        await AuthorityPages.OpenRounds(db, "渝A").CountAsync();
    }

    // Of all the days the crowd came in: what is left out is what the outage cannot have hit.
    private static async Task CandidatesAsync(CrowdedPortal p)
    {
        await using var db = p.Plans.CreateDbContext();
        var outage = await db.Outages.AsNoTracking().OrderByDescending(o => o.DeclaredAt).FirstAsync();
        await OutageWork.Candidates(db, outage).CountAsync();
    }

    private static Task FiguresAsync(CrowdedPortal p)
    {
        var today = ChinaTime.DateOf(TestPortal.Start);
        var question = new StatisticsQuestion(new StatisticsPeriod(today.AddDays(-2), today.AddDays(-1)));
        return p.Get<StatisticsPages>().ReadAsync(p.Officer, question, default);
    }
}
