using AdminPortal.Data.Casework;
using AdminPortal.Data.Reviews;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Casework;

/// <summary>The officers' queue: counts are lists, the order is the law's, and nobody sees or gets what is not theirs.</summary>
public sealed class QueueTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync(TestClock.China(2026, 12, 22, 9));

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S1-38")]
    public async Task Every_count_is_the_length_of_the_list_behind_it_and_the_order_is_by_due_time()
    {
        var (mine, other) = (await OfficerAsync("渝A", "渝B"), await OfficerAsync("渝A"));
        await _portal.SeedCasesAsync(3); // due Fri 25 December
        _portal.Clock.Now = TestClock.China(2026, 12, 23, 9);
        await _portal.SeedCasesAsync(2, "渝B"); // due Mon 28
        await _portal.SeedCasesAsync(1, "鄂A"); // another office's
        _portal.Clock.Now = TestClock.China(2026, 12, 28, 9);
        await _portal.SeedCasesAsync(60); // due Thu 31
        _portal.Clock.Now = TestClock.China(2026, 12, 29, 9);
        await _portal.SeedCasesAsync(2); // awaits the calendar of 2027
        _portal.Clock.Now = TestClock.China(2026, 12, 31, 9);
        var held = await _portal.ClaimNextAsync(mine);
        await _portal.ClaimNextAsync(other);
        var decided = await DecideNextAsync(await OfficerAsync("渝A", "渝B"));

        var counts = (await PageAsync(mine, QueueFilter.All)).Counts;
        // 67 were opened here, one is decided; the first 5 were due before today.
        Assert.Equal(new QueueCounts(66, 1, 64, 60, 0, 4, 2, 0, 0, 0, null), counts);
        var expected = new Dictionary<QueueFilter, int>
        {
            [QueueFilter.All] = counts.Open,
            [QueueFilter.Mine] = counts.Mine,
            [QueueFilter.Free] = counts.Free,
            [QueueFilter.DueToday] = counts.DueToday,
            [QueueFilter.DueTomorrow] = counts.DueTomorrow,
            [QueueFilter.Overdue] = counts.Overdue,
            [QueueFilter.AwaitingCalendar] = counts.AwaitingCalendar,
            [QueueFilter.Evidence] = counts.Evidence,
            [QueueFilter.Escalated] = counts.Escalated,
            [QueueFilter.Opinion] = counts.Opinion,
            [QueueFilter.Decided] = 1,
        };
        Assert.Equal(Enum.GetValues<QueueFilter>().Order(), expected.Keys.Order());
        foreach (var (filter, count) in expected)
        {
            Assert.Equal(count, (await AllAsync(mine, filter)).Count);
        }

        var all = await AllAsync(mine, QueueFilter.All);
        Assert.All(all.Take(2), l => Assert.Equal(2027, l.AwaitingYear)); // awaited ones on top
        Assert.Equal(all.Skip(2).Select(l => l.DueAt).Order(), all.Skip(2).Select(l => l.DueAt));
        Assert.Equal(held, Assert.Single(await AllAsync(mine, QueueFilter.Mine)).CaseId);
        Assert.Equal(decided, Assert.Single(await AllAsync(mine, QueueFilter.Decided)).CaseId);
        Assert.Equal(all.Select(l => l.CaseId).Distinct().Count(), all.Count);

        // One authority at a time, and the other office sees its own only.
        var ofB = await _portal
            .Get<QueuePages>()
            .ReadAsync(mine.Ref, new QueueQuery(QueueFilter.All, Authority: "渝B"), default);
        Assert.Equal((2, 2), (ofB!.Counts.Open, ofB.Lines.Count));
        Assert.All(ofB.Lines, l => Assert.Equal("渝B", l.Authority));
        Assert.Single(await AllAsync(await OfficerAsync("鄂A"), QueueFilter.All));
        Assert.Empty(await AllAsync(await OfficerAsync("渝F"), QueueFilter.All));
    }

    [Fact]
    public async Task The_next_case_is_the_one_due_first_and_an_awaited_one_comes_before_all()
    {
        var due = await _portal.SeedCasesAsync(2);
        _portal.Clock.Now = TestClock.China(2026, 12, 29, 9);
        var awaited = (await _portal.SeedCasesAsync(1))[0];
        var order = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            order.Add(await _portal.ClaimNextAsync(await OfficerAsync("渝A")));
        }
        Assert.Equal([awaited, .. due.OrderBy(id => id)], order);
    }

    [Fact]
    public async Task A_lease_that_lapsed_makes_the_case_free_though_no_job_has_run()
    {
        var id = (await _portal.SeedCasesAsync(1))[0];
        var (first, second) = (await OfficerAsync("渝A"), await OfficerAsync("渝A"));
        await _portal.ClaimNextAsync(first);
        Assert.Equal(0, (await PageAsync(second, QueueFilter.Free)).Counts.Free);
        _portal.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((1, 0), (await CountsAsync(second), (await PageAsync(first, QueueFilter.Mine)).Counts.Mine));

        Assert.Equal(id, await _portal.ClaimNextAsync(second));

        Assert.Equal(
            [CaseAct.Open, CaseAct.Claim, CaseAct.Lapse, CaseAct.Claim],
            (await _portal.CaseAsync(id)).Steps.OrderBy(s => s.Number).Select(s => s.Act)
        );

        async Task<int> CountsAsync(TestOfficer officer) => (await PageAsync(officer, QueueFilter.All)).Counts.Free;
    }

    [Fact]
    public async Task A_case_of_another_office_does_not_exist()
    {
        var id = (await _portal.SeedCasesAsync(1, "鄂A"))[0];
        var officer = await OfficerAsync("渝A");
        Assert.Equal(RefusalCode.NotFound, (await _portal.RefusedAsync(new ViewCase(id), officer.Ref)).Code);
        Assert.Equal(RefusalCode.NotFound, (await _portal.RefusedAsync(new ClaimCase(id), officer.Ref)).Code);
        Assert.Equal(
            await _portal.RefusedAsync(new ViewCase(Guid.NewGuid()), officer.Ref),
            await _portal.RefusedAsync(new ViewCase(id), officer.Ref),
            (a, b) => a.Code == b.Code && a.Field == b.Field
        );
    }

    [Fact]
    public async Task Who_may_not_see_reviews_gets_no_queue_at_all()
    {
        var auditor = await _portal.CreateOfficerAsync(Role.Auditor, ["渝A"]);
        var driver = await _portal.ImportDriverAsync();
        Assert.Null(await _portal.Get<QueuePages>().ReadAsync(auditor.Ref, new QueueQuery(QueueFilter.All), default));
        Assert.Null(await _portal.Get<QueuePages>().ReadAsync(driver.Ref, new QueueQuery(QueueFilter.All), default));
    }

    [Fact]
    public async Task An_officer_is_never_given_their_own_case_and_can_do_nothing_with_it()
    {
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        var own = await _portal.FileReviewAsync(driver, attempt);
        var officer = await _portal.CreateOfficerAsync(Role.Supervisor, person: driver.Person);

        Assert.Equal(RefusalCode.QueueEmpty, (await _portal.RefusedAsync(new ClaimNextCase(), officer.Ref)).Code);
        Assert.Equal(RefusalCode.OwnCase, (await _portal.RefusedAsync(new ClaimCase(own), officer.Ref)).Code);
        await _portal.DoAsync(new ClaimCase(own), (await OfficerAsync("渝A")).Ref);
        Assert.Equal(RefusalCode.OwnCase, (await _portal.RefusedAsync(new FreeCase(own, null), officer.Ref)).Code);

        // Even one that somehow holds it: the claim was made before the office knew who the officer is.
        await _portal.ExecuteAsync("UPDATE cases SET holder_id = $1", officer.Id);
        var version = (await _portal.CaseAsync(own)).Version;
        foreach (
            var code in new[]
            {
                (await _portal.RefusedAsync(new DecideReview(own, version, true, "确为本人。"), officer.Ref)).Code,
                (await _portal.RefusedAsync(new AddNote(own, "备注"), officer.Ref)).Code,
                (await _portal.RefusedAsync(new RenewClaim(own), officer.Ref)).Code,
            }
        )
        {
            Assert.Equal(RefusalCode.OwnCase, code);
        }
    }

    private Task<TestOfficer> OfficerAsync(params string[] authorities) =>
        _portal.CreateOfficerAsync(authorities: authorities);

    private async Task<Guid> DecideNextAsync(TestOfficer officer)
    {
        // The first of those with a date, not an awaited one.
        var id = (await AllAsync(officer, QueueFilter.Overdue)).First(l => l.State == CaseState.Waiting).CaseId;
        await _portal.DecideAsync(officer, id, uphold: false);
        return id;
    }

    private async Task<QueuePage> PageAsync(TestOfficer officer, QueueFilter filter, int page = 1) =>
        (await _portal.Get<QueuePages>().ReadAsync(officer.Ref, new QueueQuery(filter, Page: page), default))!;

    private async Task<IReadOnlyList<QueueLine>> AllAsync(TestOfficer officer, QueueFilter filter)
    {
        var lines = new List<QueueLine>();
        for (var number = 1; ; number++)
        {
            var page = await PageAsync(officer, filter, number);
            Assert.True(page.Lines.Count <= QueuePages.PageSize);
            lines.AddRange(page.Lines);
            if (!page.HasMore)
            {
                return lines;
            }
        }
    }
}
