using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Leads;
using AdminPortal.Data.MyData;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Leads;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Leads;

/// <summary>Leads are found once, punish nobody by themselves, and lead to a proposal like any other (D-LEAD).</summary>
public sealed class LeadTests : IAsyncLifetime
{
    private const string Why = "熟悉题库，经核实为本人。";

    private TestPortal _portal = null!;
    private TestOfficer _officer = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _officer = await _portal.CreateOfficerAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData(LeadKind.AnswerTime, 1)]
    [InlineData(LeadKind.RepeatedPhoto, 2)]
    [InlineData(LeadKind.Heartbeat, 1)]
    [InlineData(LeadKind.SharedDevice, 5)]
    public async Task What_is_found_is_written_down_once_and_changes_nothing_else(LeadKind kind, int leads)
    {
        await DoWhatIsFoundAsync(kind);
        Assert.Equal(0, await _portal.FindLeadsAsync(kind)); // not settled yet
        _portal.Settle(kind);
        var before = await _portal.ImageAsync();

        Assert.NotEqual(0, await _portal.FindLeadsAsync(kind));

        var after = await _portal.ImageAsync();
        Assert.Equal(
            ["audit_entries", "audit_head", "case_steps", "cases", "lead_marks", "leads"],
            after.Changed(before).Order()
        );
        Assert.Equal((leads, leads), (after.Rows("leads"), after.Rows("audit_entries") - before.Rows("audit_entries")));
        Assert.Equal((leads, leads), (Grew("cases"), Grew("case_steps")));
        Assert.Equal(
            leads,
            await _portal.ScalarAsync<long>(
                "SELECT count(*) FROM leads AS l JOIN cases AS c ON c.id = l.case_id AND c.kind = 'Lead' "
                    + "AND c.subject_id = l.id AND c.driver_id = l.driver_id AND c.due_rule = 'D-LEAD-TARGET'"
            )
        );
        await _portal.FindLeadsAsync(kind);
        DatabaseImage.AssertSame(after, await _portal.ImageAsync());
        // Even from the beginning again: the same things are the same leads.
        await _portal.ExecuteAsync("UPDATE lead_marks SET reached_at = '2020-01-01Z'");
        await _portal.FindLeadsAsync(kind);
        Assert.Equal(leads, (await _portal.ImageAsync()).Rows("leads"));

        int Grew(string table) => after.Rows(table) - before.Rows(table);
    }

    [Fact]
    public async Task What_people_do_every_day_leads_nowhere()
    {
        await _portal.DriverWithInvalidResultAsync(); // ten seconds a question; the same empty room three times
        var other = await _portal.ImportDriverAsync(authority: "鄂A");
        await _portal.ApplyAsync(other);
        await _portal.FaceAsync(other, "no-face"); // the same black picture as somebody else's
        var restless = await _portal.RestlessDriverAsync(19); // with the stretch of no opening: below twenty
        for (byte i = 1; i <= 4; i++)
        {
            await _portal.SignInOnAsync(await _portal.ImportDriverAsync(), 7);
        }
        await _portal.SignInOnAsync(restless, 8);
        await _portal.ExecuteAsync("DELETE FROM face_checks WHERE outcome = 'Match'"); // drawn photos repeat by nature
        _portal.Settle(LeadKind.Heartbeat);
        foreach (var kind in Enum.GetValues<LeadKind>())
        {
            Assert.NotEqual(0, await _portal.FindLeadsAsync(kind));
        }
        Assert.Equal([], await _portal.ColumnAsync<string>("SELECT kind || evidence FROM leads"));
    }

    [Fact]
    public async Task Ten_jobs_at_once_find_each_thing_once()
    {
        var driver = await _portal.HastyDriverAsync();
        _portal.Settle(LeadKind.AnswerTime);
        await Race.RunAsync(10, _ => _portal.TryAsync(new FindLeads(LeadKind.AnswerTime), ActorRef.System));
        Assert.Single(await _portal.LeadsAboutAsync(driver));
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries WHERE act = 'FindLeads'"));

        // The control: who only looks and writes, without the index, writes several.
        await _portal.ExecuteAsync("DELETE FROM leads");
        await _portal.ExecuteAsync("DROP INDEX ux_leads_subject");
        var wrote = await NaiveControl.LookThenWriteAsync(
            _portal,
            10,
            "SELECT count(*) FROM leads",
            """
            INSERT INTO leads (id, kind, subject_id, driver_id, authority, round_id, evidence, found_at)
            SELECT gen_random_uuid(), 'AnswerTime', a.id, a.driver_id, '渝A', a.round_id, '{}', now() FROM exam_attempts a
            """
        );
        Assert.True(wrote > 1);
    }

    [Fact]
    public async Task Leads_stand_in_the_one_queue_after_what_somebody_waits_for()
    {
        _portal.Clock.Now = TestClock.China(2026, 12, 10, 9);
        var (_, lead) = await _portal.LeadAsync(); // due Thu 24 December
        await _portal.LeadAsync("鄂A"); // another office's
        _portal.Clock.Now = TestClock.China(2026, 12, 21, 9);
        var reviews = await _portal.SeedCasesAsync(2); // due Thu 24 December by law
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        var order = new[] { reviews.Order().First(), reviews.Order().Last(), lead };

        var page = (await QueueAsync(_officer, new QueueQuery(QueueFilter.All)))!;
        Assert.Equal(order, page.Lines.Select(l => l.CaseId));
        Assert.Single(page.Lines.Select(l => l.DueAt).Distinct());
        Assert.Equal([false, false, true], page.Lines.Select(l => l.IsTarget));
        var ofKind = (await QueueAsync(_officer, new QueueQuery(QueueFilter.Free, CaseKind.Lead)))!;
        Assert.Equal((lead, 1), (Assert.Single(ofKind.Lines).CaseId, ofKind.Counts.Free));
        var taken = new List<Guid>();
        foreach (var _ in order)
        {
            taken.Add(await _portal.ClaimNextAsync(await _portal.CreateOfficerAsync()));
        }
        Assert.Equal(order, taken);

        var stranger = await _portal.CreateOfficerAsync(authorities: ["渝F"]);
        Assert.Empty((await QueueAsync(stranger, new QueueQuery(QueueFilter.All, CaseKind.Lead)))!.Lines);
        Assert.Equal(RefusalCode.NotFound, (await _portal.RefusedAsync(new ViewCase(lead), stranger.Ref)).Code);
    }

    [Fact]
    public async Task What_is_older_than_leads_are_cases_gets_its_case_once()
    {
        var (_, lead) = await _portal.LeadAsync();
        await _portal.WithoutCaseAsync(lead);
        _portal.Clock.Advance(TimeSpan.FromDays(30));
        var opened = await Race.RunAsync(4, _ => _portal.TryAsync(new OpenLeadCases(), ActorRef.System));
        Assert.Equal(1, opened.Sum(o => (o as Outcome<int>.Done)?.Value ?? 0));
        var open = await _portal.CaseAsync(lead);
        // The target runs from when it came on the queue: nobody could have worked it before.
        Assert.Equal((CaseKind.Lead, _portal.Clock.Now, 1), (open.Kind, open.OpenedAt, open.Steps.Count));
        Assert.Equal(0, await _portal.DoAsync(new OpenLeadCases(), ActorRef.System));
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "S1-39")]
    public async Task A_proposal_out_of_a_lead_waits_for_its_second_person_like_any_other()
    {
        var (driver, lead) = await _portal.LeadAsync();
        await _portal.DoAsync(new ClaimCase(lead), _officer.Ref);
        var before = await _portal.ImageAsync();
        var seen = (await _portal.CaseAsync(lead)).Version;
        var proposal = new ProposeFromLead(lead, seen, BlacklistGround.Proxy, TestPortal.Facts);

        await _portal.DoAsync(proposal, _officer.Ref);

        // The whole database: the proposal, the case that ends with it, and nothing of the driver's.
        var after = await _portal.ImageAsync();
        Assert.Equal(
            ["audit_entries", "audit_head", "blacklist_entries", "case_steps", "cases", "leads"],
            after.Changed(before).Order()
        );
        await _portal.DoAsync(proposal, _officer.Ref); // the second click
        DatabaseImage.AssertSame(after, await _portal.ImageAsync());
        // Both trails have it, and until it is confirmed its driver reads of it that somebody looked.
        Assert.Equal(
            ["BlacklistEntry", "Lead"],
            (
                await _portal.ColumnAsync<string>(
                    "SELECT subject_kind FROM audit_entries WHERE act = 'ProposeFromLead'"
                )
            ).Order()
        );
        var looks = (await _portal.Get<AccessPages>().ReadAsync(driver.Id, AccessBy.Others, null, default)).Lines;
        Assert.Equal(3, looks.Count);
        Assert.All(looks, line => Assert.Equal("ViewLead", line.Act));
        var desk = await _portal.DoAsync(new ViewCase(lead), _officer.Ref);
        var entry = desk.Lead!.Lead.EntryId!.Value;
        Assert.Equal((CaseState.Upheld, BlacklistState.Proposed), (desk.State, desk.Lead.Entry));
        Assert.Equal(TestPortal.Facts, desk.Steps[^1].Note);
        Assert.Equal((await _portal.RoundOfAsync(driver)).Id, desk.Round!.Id);
        Assert.False((await _portal.RoundOfAsync(driver)).State == AdminPortal.Domain.Rounds.RoundState.Void);
        // Who proposed does not confirm, whichever role they have.
        var chief = await _portal.CreateOfficerAsync(Role.Supervisor);
        await _portal.DoAsync(new ConfirmBlacklisting(entry), chief.Ref);
        Assert.Contains("Blacklisted", await _portal.MessagesToAsync(driver));
        Assert.Equal(BlacklistState.InForce, (await _portal.DoAsync(new ViewCase(lead), _officer.Ref)).Lead!.Entry);
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task Its_driver_is_told_nothing_whatever_officers_do_with_it()
    {
        var (driver, lead) = await _portal.LeadAsync();
        var (messages, colleague) = (await _portal.MessagesToAsync(driver), await _portal.CreateOfficerAsync());
        var chief = await _portal.CreateOfficerAsync(Role.Supervisor);
        var reader = _portal.Get<MyDataPages>();
        var data = await reader.ReadAsync(driver.Id, false, default);

        await _portal.DoAsync(new ViewCase(lead), _officer.Ref);
        await _portal.DoAsync(new ClaimCase(lead), _officer.Ref);
        await _portal.DoAsync(new AddNote(lead, "先看学习记录。"), _officer.Ref);
        var refused = await _portal.RefusedAsync(new AskEvidence(lead, "请说明。"), _officer.Ref);
        Assert.Equal(RefusalCode.DriverNotTold, refused.Code);
        await _portal.DoAsync(new AskOpinion(lead, "像代考吗？"), _officer.Ref);
        await _portal.DoAsync(new GiveOpinion(lead, false, "不像。"), colleague.Ref);
        await _portal.DoAsync(new HandOverCase(lead, colleague.Id, "休假。"), _officer.Ref);
        await _portal.DoAsync(new FreeCase(lead, "请重新领取。"), chief.Ref);
        await _portal.DismissAsync(colleague, lead);

        Assert.Equal(messages, await _portal.MessagesToAsync(driver));
        Assert.Equal(
            data.Select(t => (t.Name, t.Rows.Count)),
            (await reader.ReadAsync(driver.Id, false, default)).Select(t => (t.Name, t.Rows.Count))
        );
        // Of the trail they read that somebody looked, and neither a number nor what was done.
        var lines = (await _portal.Get<AccessPages>().ReadAsync(driver.Id, AccessBy.Others, null, default)).Lines;
        Assert.Equal(9, lines.Count);
        Assert.All(lines, line => Assert.Equal(("ViewLead", null), (line.Act, line.CaseId)));
        var ofProduct = await _portal.Get<AccessPages>().ReadAsync(driver.Id, AccessBy.Product, null, default);
        Assert.DoesNotContain(ofProduct.Lines, line => line.CaseId is not null || line.Act == nameof(LapseClaims));
    }

    [Fact]
    public async Task A_target_that_awaits_its_calendar_is_stamped_and_the_driver_is_not_told()
    {
        _portal.Clock.Now = TestClock.China(2026, 12, 24, 9);
        var (driver, lead) = await _portal.LeadAsync();
        Assert.Equal(2027, (await _portal.CaseAsync(lead)).AwaitingYear);
        var messages = await _portal.MessagesToAsync(driver);
        await _portal.DoAsync(
            new AdminPortal.Data.Calendar.PublishCalendarYear(2027, "国办", Commands.Catalogue.NewYear2027),
            ActorRef.Operator
        );
        Assert.NotNull((await _portal.CaseAsync(lead)).DueAt);
        Assert.Equal(0, await LooksAsync(driver)); // who publishes a calendar looks at nobody
        Assert.Equal(messages, await _portal.MessagesToAsync(driver));
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task What_is_no_look_at_the_driver_is_in_their_record_as_none()
    {
        var (driver, lead) = await _portal.LeadAsync();
        await _portal.DoAsync(new ClaimCase(lead), _officer.Ref);
        await _portal.DoAsync(new RenewClaim(lead), _officer.Ref);
        Assert.Equal(1, await LooksAsync(driver));
        var finds = await LooksAsync(driver, AccessBy.Product);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await _portal.DoAsync(new LapseClaims(), ActorRef.System));
        Assert.Equal(finds, await LooksAsync(driver, AccessBy.Product));
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    public async Task While_another_proposal_waits_the_lead_stays_with_its_holder()
    {
        var (driver, lead) = await _portal.LeadAsync();
        await _portal.ProposeAsync(_officer, driver);
        await _portal.DoAsync(new ClaimCase(lead), _officer.Ref);
        var seen = (await _portal.CaseAsync(lead)).Version;
        var refused = await _portal.RefusedAsync(
            new ProposeFromLead(lead, seen, BlacklistGround.Proxy, TestPortal.Facts),
            _officer.Ref
        );
        Assert.Equal(RefusalCode.ProposalExists, refused.Code);
        Assert.Equal(CaseState.Claimed, (await _portal.CaseAsync(lead)).State);
    }

    [Fact]
    public async Task Of_officers_who_claim_a_lead_at_once_one_gets_it()
    {
        var (_, lead) = await _portal.LeadAsync();
        var officers = new List<TestOfficer>();
        for (var i = 0; i < 8; i++)
        {
            officers.Add(await _portal.CreateOfficerAsync());
        }
        var refused = await Race.RunAsync(
            8,
            async i => (await _portal.TryAsync(new ClaimCase(lead), officers[i].Ref) as Outcome<Unit>.Refused)?.Refusal
        );
        var winner = officers[refused.ToList().FindIndex(r => r is null)];
        Assert.Equal(7, refused.Count(r => r is { Code: RefusalCode.CaseTaken } && Equals(r.Facts[0], winner.Badge)));
        Assert.Equal(winner.Id, (await _portal.CaseAsync(lead)).HolderId);

        // The control: who only looks and writes, takes it several times.
        await _portal.ExecuteAsync("UPDATE cases SET state = 'Waiting', holder_id = NULL, lease_until = NULL");
        await _portal.ExecuteAsync("ALTER TABLE case_steps DROP CONSTRAINT \"PK_case_steps\"");
        var wrote = await NaiveControl.LookThenWriteAsync(
            _portal,
            8,
            "SELECT count(*) FROM cases WHERE holder_id IS NOT NULL",
            "UPDATE cases SET state = 'Claimed', holder_id = gen_random_uuid(), lease_until = now()"
        );
        Assert.True(wrote > 1);
    }

    [Fact]
    public async Task Its_holder_in_two_windows_at_once_closes_it_in_one()
    {
        var (_, lead) = await _portal.LeadAsync();
        await _portal.DoAsync(new ClaimCase(lead), _officer.Ref);
        var seen = (await _portal.CaseAsync(lead)).Version;
        var refused = await Race.RunAsync(
            8,
            async i =>
                await _portal.TryAsync<Unit>(
                    i % 2 == 0
                        ? new DismissLead(lead, seen, Why)
                        : new ProposeFromLead(lead, seen, BlacklistGround.Fraud, TestPortal.Facts),
                    _officer.Ref
                ) as Outcome<Unit>.Refused
        );
        // The second click of the same is the same success; the other decision reads who it was.
        Assert.Equal(4, refused.Count(r => r is null));
        Assert.All(refused, r => Assert.Equal(RefusalCode.CaseDecided, r?.Refusal.Code ?? RefusalCode.CaseDecided));
        var closed = await _portal.CaseAsync(lead);
        Assert.Single(closed.Steps, s => s.To is CaseState.Upheld or CaseState.Rejected);
        Assert.Equal(
            closed.State == CaseState.Upheld ? 1L : 0L,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM blacklist_entries")
        );
    }

    [Fact]
    public async Task A_lead_about_an_officer_does_not_exist_for_that_officer()
    {
        var (driver, lead) = await _portal.PhotoLeadAsync(); // with one about the other driver
        var self = await _portal.CreateOfficerAsync(Role.Supervisor, person: driver.Person);
        var photo = await _portal.ScalarAsync<Guid>("SELECT photo_id FROM face_checks WHERE driver_id = $1", driver.Id);
        var page = (await QueueAsync(self, new QueueQuery(QueueFilter.All, CaseKind.Lead)))!;
        Assert.Equal((1, 1), (page.Counts.Open, page.Lines.Count));
        Assert.DoesNotContain(page.Lines, line => line.CaseId == lead);
        Assert.Equal(2, (await QueueAsync(_officer, new QueueQuery(QueueFilter.All)))!.Counts.Open);
        Assert.Equal(RefusalCode.NotFound, (await _portal.RefusedAsync(new ViewCase(lead), self.Ref)).Code);
        Assert.Equal(RefusalCode.NotFound, (await _portal.RefusedAsync(new ClaimCase(lead), self.Ref)).Code);
        Assert.Equal(RefusalCode.NotFound, (await _portal.RefusedAsync(new ViewCasePhoto(lead, photo), self.Ref)).Code);
        Assert.NotEqual(lead, await _portal.ClaimNextAsync(self));

        // Nor in any number: each is as long as the list behind it.
        var board = (await _portal.Get<TeamPages>().ReadAsync(self.Ref, default))!;
        Assert.Equal((1, 1), (board.Load.Sum(l => l.Open), board.Ageing.Sum()));
        var day = AdminPortal.Domain.Time.ChinaTime.DateOf(_portal.Clock.Now);
        var asked = new StatisticsQuestion(StatisticsPeriod.MonthOf(day));
        foreach (var (who, count) in new[] { (self, 1), (_officer, 2) })
        {
            var pages = _portal.Get<StatisticsPages>();
            var report = (await pages.ReadAsync(who.Ref, asked, default))!;
            var list = (await pages.ListAsync(who.Ref, asked, Figure.CasesReceived, null, 1, default))!;
            Assert.Equal(
                (count, count, count),
                (report.Open.Sum(o => o.Open), (int)report.Total[Figure.CasesReceived], list.Length)
            );
        }
        var others = (await _portal.DoAsync(new ViewCase(page.Lines[0].CaseId), self.Ref)).Lead!.Others;
        Assert.Empty(others);
    }

    [Fact]
    public async Task What_was_closed_before_leads_were_cases_is_in_no_figure()
    {
        var (_, lead) = await _portal.LeadAsync();
        await _portal.DismissAsync(_officer, lead);
        var day = AdminPortal.Domain.Time.ChinaTime.DateOf(_portal.Clock.Now);
        var asked = new StatisticsQuestion(StatisticsPeriod.MonthOf(day));
        Figure[] figures = [Figure.CasesReceived, Figure.CasesDecided, Figure.CasesInTime];
        var report = (await _portal.Get<StatisticsPages>().ReadAsync(_officer.Ref, asked, default))!;
        Assert.All(figures, figure => Assert.Equal(1, report.Total[figure]));
        Assert.Single(report.Times);
        Assert.Single(report.Officers);

        await _portal.ExecuteAsync("UPDATE cases SET term_count = 14, term_unit = 'NaturalDays'"); // as carried over

        report = (await _portal.Get<StatisticsPages>().ReadAsync(_officer.Ref, asked, default))!;
        Assert.All(figures, figure => Assert.Equal(0, report.Total[figure]));
        Assert.Empty(report.Times);
        Assert.Empty(report.Officers);
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task A_photo_lead_shows_the_drivers_own_photos_and_leads_to_the_others_lead()
    {
        var (driver, lead) = await _portal.PhotoLeadAsync();
        var desk = await _portal.DoAsync(new ViewCase(lead), _officer.Ref);
        Assert.Equal("Lead", await _portal.ScalarAsync<string>(LastSubject));
        var own = Assert.Single(desk.Lead!.Lead.Evidence.Traces, t => t.PhotoId is not null).PhotoId!.Value;
        Assert.Contains(desk.Round!.FaceChecks, c => c.PhotoId == own);
        var other = Assert.Single(desk.Lead.Others).Value;
        Assert.NotEqual(lead, other);
        var theirs = await _portal.DoAsync(new ViewCase(other), _officer.Ref);
        await _portal.DoAsync(new ViewCasePhoto(lead, own), _officer.Ref);
        await _portal.DoAsync(new ViewCasePhoto(lead, desk.ReferencePhotoId!.Value), _officer.Ref);
        // What is shown with one lead is not shown with another one.
        var photo = theirs.Round!.FaceChecks[0].PhotoId!.Value;
        var refused = await _portal.RefusedAsync(new ViewCasePhoto(lead, photo), _officer.Ref);
        Assert.Equal(RefusalCode.NotFound, refused.Code);

        await _portal.ExecuteAsync("UPDATE rounds SET state = 'Void', void_reason = 'StudyWindowEnded'");
        await _portal.Get<PhotoEraser>().WithdrawAsync(driver.Ref, default);

        var erased = await _portal.DoAsync(new ViewCase(lead), _officer.Ref);
        Assert.All(erased.Round!.FaceChecks, c => Assert.Null(c.PhotoId));
        Assert.Equal(desk.Lead.Lead.Evidence.Figures, erased.Lead!.Lead.Evidence.Figures);
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task A_lead_that_is_about_no_photo_shows_what_happened_and_no_face()
    {
        var (driver, lead) = await _portal.LeadAsync();
        var desk = await _portal.DoAsync(new ViewCase(lead), _officer.Ref);
        Assert.Equal((false, null), (desk.ShowsFaces, desk.ReferencePhotoId));
        Assert.NotEmpty(desk.Round!.FaceChecks);
        Assert.All(desk.Round.FaceChecks, c => Assert.Null(c.PhotoId));
        foreach (var photo in await _portal.ColumnAsync<Guid>("SELECT id FROM photos WHERE driver_id = $1", driver.Id))
        {
            var refused = await _portal.RefusedAsync(new ViewCasePhoto(lead, photo), _officer.Ref);
            Assert.Equal(RefusalCode.NotFound, refused.Code);
        }
    }

    [Fact]
    public async Task A_device_is_forgotten_with_its_sessions_and_nothing_in_a_lead_leads_back_to_it()
    {
        await DoWhatIsFoundAsync(LeadKind.SharedDevice);
        _portal.Settle(LeadKind.SharedDevice);
        await _portal.FindLeadsAsync(LeadKind.SharedDevice);
        _portal.Clock.Advance(TimeSpan.FromHours(4));
        await _portal.Get<AdminPortal.Data.Accounts.Sessions>().SweepAsync(default);
        Assert.Equal(0, await _portal.ScalarAsync<long>("SELECT count(*) FROM sessions"));
        Assert.Equal(5, await _portal.ScalarAsync<long>("SELECT count(DISTINCT subject_id) FROM leads"));
        Assert.DoesNotContain(
            "0707",
            await _portal.ScalarAsync<string>("SELECT string_agg(evidence || subject_id, '') FROM leads")
        );
    }

    [Theory]
    [InlineData("ck_leads_case", "UPDATE leads SET case_id = gen_random_uuid()")]
    [InlineData("ck_leads_proposal", "UPDATE leads SET case_id = NULL, entry_id = gen_random_uuid()")]
    [InlineData("ck_leads_round", "UPDATE leads SET round_id = NULL")]
    [InlineData(
        "ux_leads_subject",
        "INSERT INTO leads (id, kind, subject_id, driver_id, authority, round_id, evidence, found_at) "
            + "SELECT gen_random_uuid(), kind, subject_id, driver_id, authority, round_id, evidence, found_at FROM leads"
    )]
    public async Task A_row_that_cannot_be_is_refused(string constraint, string sql)
    {
        await _portal.LeadAsync();
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _portal.ExecuteAsync(sql));
        Assert.Equal(constraint, refused.ConstraintName);
    }

    private const string LastSubject = "SELECT subject_kind FROM audit_entries ORDER BY entry_number DESC LIMIT 1";

    private async Task<int> LooksAsync(TestDriver driver, AccessBy by = AccessBy.Others) =>
        (await _portal.Get<AccessPages>().ReadAsync(driver.Id, by, null, default)).Lines.Count;

    private Task<QueuePage?> QueueAsync(TestOfficer officer, QueueQuery query) =>
        _portal.Get<QueuePages>().ReadAsync(officer.Ref, query, default);

    private async Task DoWhatIsFoundAsync(LeadKind kind)
    {
        switch (kind)
        {
            case LeadKind.AnswerTime:
                await _portal.HastyDriverAsync();
                break;
            case LeadKind.RepeatedPhoto:
                var first = await _portal.ImportDriverAsync();
                foreach (var driver in new[] { first, await _portal.ImportDriverAsync() })
                {
                    await _portal.ApplyAsync(driver);
                    await _portal.FaceAsync(driver, $"{first.Person.Face}-live");
                }
                break;
            case LeadKind.Heartbeat:
                await _portal.RestlessDriverAsync(20);
                break;
            case LeadKind.SharedDevice:
                for (var i = 0; i < 5; i++)
                {
                    await _portal.SignInOnAsync(await _portal.ImportDriverAsync(), 7);
                }
                break;
        }
    }
}
