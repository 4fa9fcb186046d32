using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Leads;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
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
        Assert.Equal(["audit_entries", "audit_head", "lead_marks", "leads"], after.Changed(before).Order());
        Assert.Equal((leads, leads), (after.Rows("leads"), after.Rows("audit_entries") - before.Rows("audit_entries")));
        await _portal.FindLeadsAsync(kind);
        DatabaseImage.AssertSame(after, await _portal.ImageAsync());
        // Even from the beginning again: the same things are the same leads.
        await _portal.ExecuteAsync("UPDATE lead_marks SET reached_at = '2020-01-01Z'");
        await _portal.FindLeadsAsync(kind);
        Assert.Equal(leads, (await _portal.ImageAsync()).Rows("leads"));
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
            INSERT INTO leads (id, kind, subject_id, driver_id, authority, round_id, evidence, found_at, state, version)
            SELECT gen_random_uuid(), 'AnswerTime', a.id, a.driver_id, '渝A', a.round_id, '{}', now(), 'Open', 1 FROM exam_attempts a
            """
        );
        Assert.True(wrote > 1);
    }

    [Fact]
    public async Task An_officer_sees_the_leads_of_their_authorities_and_counts_equal_the_lists()
    {
        var (_, open) = await _portal.LeadAsync();
        var (_, dismissed) = await _portal.LeadAsync();
        await _portal.LeadAsync("鄂A");
        await _portal.PhotoLeadAsync();
        await _portal.DoAsync(new DismissLead(dismissed, Why), _officer.Ref);
        var pages = _portal.Get<LeadPages>();

        foreach (var kind in Enum.GetValues<LeadKind>().Cast<LeadKind?>().Prepend(null))
        {
            foreach (var state in Enum.GetValues<LeadState>().Cast<LeadState?>().Prepend(null))
            {
                var page = (await pages.ListAsync(_officer.Ref, state, kind, 1, default))!;
                Assert.Equal(page.Count(state), page.Lines.Count);
                Assert.All(page.Lines, line => Assert.Equal("渝A", line.Authority));
                Assert.All(
                    page.Lines,
                    line => Assert.Equal((kind ?? line.Kind, state ?? line.State), (line.Kind, line.State))
                );
            }
        }
        var answers = (await pages.ListAsync(_officer.Ref, null, LeadKind.AnswerTime, 1, default))!;
        Assert.Equal([open, dismissed], answers.Lines.Select(l => l.Id));

        var stranger = await _portal.CreateOfficerAsync(authorities: ["渝F"]);
        Assert.Empty((await pages.ListAsync(stranger.Ref, null, null, 1, default))!.Lines);
        Assert.Equal(RefusalCode.NotFound, (await _portal.RefusedAsync(new ViewLead(open), stranger.Ref)).Code);
        var auditor = await _portal.CreateOfficerAsync(Role.Auditor, []);
        Assert.Null(await pages.ListAsync(auditor.Ref, null, null, 1, default));
    }

    [Fact]
    [Trait("Rule", "S1-39")]
    public async Task A_proposal_out_of_a_lead_waits_for_its_second_person_like_any_other()
    {
        var (driver, lead) = await _portal.LeadAsync();
        var messages = await _portal.MessagesToAsync(driver);
        var proposal = new ProposeFromLead(lead, BlacklistGround.Proxy, TestPortal.Facts);

        var entry = await _portal.DoAsync(proposal, _officer.Ref);

        Assert.Equal(entry, await _portal.DoAsync(proposal, _officer.Ref)); // the second click
        var desk = await _portal.DoAsync(new ViewLead(lead), _officer.Ref);
        Assert.Equal(
            (LeadState.LedToProposal, entry, BlacklistState.Proposed),
            (desk.Lead.State, desk.Lead.EntryId, desk.Entry)
        );
        Assert.Equal((await _portal.RoundOfAsync(driver)).Id, desk.Round!.Id);
        Assert.Equal(messages, await _portal.MessagesToAsync(driver));
        Assert.False((await _portal.RoundOfAsync(driver)).State == AdminPortal.Domain.Rounds.RoundState.Void);
        // Who proposed does not confirm, whichever role they have.
        var chief = await _portal.CreateOfficerAsync(Role.Supervisor);
        await _portal.DoAsync(new ConfirmBlacklisting(entry), chief.Ref);
        Assert.Contains("Blacklisted", await _portal.MessagesToAsync(driver));
        Assert.Equal(BlacklistState.InForce, (await _portal.DoAsync(new ViewLead(lead), _officer.Ref)).Entry);
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    public async Task While_another_proposal_waits_the_lead_stays_open()
    {
        var (driver, lead) = await _portal.LeadAsync();
        await _portal.ProposeAsync(_officer, driver);
        var refused = await _portal.RefusedAsync(
            new ProposeFromLead(lead, BlacklistGround.Proxy, TestPortal.Facts),
            _officer.Ref
        );
        Assert.Equal(RefusalCode.ProposalExists, refused.Code);
        Assert.Equal("Open", await _portal.ScalarAsync<string>("SELECT state FROM leads WHERE id = $1", lead));
    }

    [Fact]
    public async Task Of_officers_who_close_a_lead_at_once_one_does_and_the_others_read_who_it_was()
    {
        var (_, lead) = await _portal.LeadAsync();
        var officers = new List<TestOfficer>();
        for (var i = 0; i < 8; i++)
        {
            officers.Add(await _portal.CreateOfficerAsync());
        }
        var refused = await Race.RunAsync(
            8,
            async i =>
                i % 2 == 0
                    ? (
                        await _portal.TryAsync(new DismissLead(lead, Why), officers[i].Ref) as Outcome<Unit>.Refused
                    )?.Refusal
                    : (
                        await _portal.TryAsync(
                            new ProposeFromLead(lead, BlacklistGround.Fraud, TestPortal.Facts),
                            officers[i].Ref
                        ) as Outcome<Guid>.Refused
                    )?.Refusal
        );
        var winner = officers[refused.ToList().FindIndex(r => r is null)];
        Assert.Equal(1, refused.Count(r => r is null));
        Assert.All(
            refused.Where(r => r is not null),
            r => Assert.Contains(r!.Code, new[] { RefusalCode.CaseDecided, RefusalCode.ProposalExists })
        );
        Assert.Contains(refused, r => r is { Code: RefusalCode.CaseDecided } && Equals(r.Facts[0], winner.Badge));
        Assert.Equal(
            await _portal.ScalarAsync<long>("SELECT count(*) FROM blacklist_entries"),
            await _portal.ScalarAsync<long>("SELECT count(*) FROM leads WHERE state = 'LedToProposal'")
        );
    }

    [Fact]
    public async Task Nobody_sees_a_lead_about_themselves()
    {
        var (driver, lead) = await _portal.PhotoLeadAsync();
        var self = await _portal.CreateOfficerAsync(person: driver.Person);
        var photo = await _portal.ScalarAsync<Guid>("SELECT photo_id FROM face_checks WHERE driver_id = $1", driver.Id);
        Assert.Equal(RefusalCode.OwnCase, (await _portal.RefusedAsync(new ViewLead(lead), self.Ref)).Code);
        Assert.Equal(RefusalCode.OwnCase, (await _portal.RefusedAsync(new DismissLead(lead, Why), self.Ref)).Code);
        Assert.Equal(RefusalCode.NotFound, (await _portal.RefusedAsync(new ViewLeadPhoto(lead, photo), self.Ref)).Code);
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task A_photo_lead_shows_the_drivers_own_photos_and_leads_to_the_others_lead()
    {
        var (driver, lead) = await _portal.PhotoLeadAsync();
        var desk = await _portal.DoAsync(new ViewLead(lead), _officer.Ref);
        var other = Assert.Single(desk.Others).Value;
        Assert.NotEqual(lead, other);
        var theirs = await _portal.DoAsync(new ViewLead(other), _officer.Ref);
        await _portal.DoAsync(new ViewLeadPhoto(lead, Assert.Single(desk.Photos)), _officer.Ref);
        await _portal.DoAsync(new ViewLeadPhoto(lead, desk.ReferencePhotoId!.Value), _officer.Ref);
        // What is shown with one lead is not shown with another one.
        var refused = await _portal.RefusedAsync(new ViewLeadPhoto(lead, theirs.Photos[0]), _officer.Ref);
        Assert.Equal(RefusalCode.NotFound, refused.Code);

        await _portal.ExecuteAsync("UPDATE rounds SET state = 'Void', void_reason = 'StudyWindowEnded'");
        await _portal.Get<PhotoEraser>().WithdrawAsync(driver.Ref, default);

        var erased = await _portal.DoAsync(new ViewLead(lead), _officer.Ref);
        Assert.Empty(erased.Photos);
        Assert.Equal(desk.Lead.Evidence.Figures, erased.Lead.Evidence.Figures);
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
    [InlineData("ck_leads_closed", "UPDATE leads SET closed_at = now()")]
    [InlineData(
        "ck_leads_dismissed",
        "UPDATE leads SET state = 'Dismissed', closed_at = now(), closed_by_id = gen_random_uuid()"
    )]
    [InlineData(
        "ck_leads_proposal",
        "UPDATE leads SET state = 'LedToProposal', closed_at = now(), closed_by_id = gen_random_uuid()"
    )]
    [InlineData("ck_leads_round", "UPDATE leads SET round_id = NULL")]
    [InlineData(
        "ux_leads_subject",
        "INSERT INTO leads (id, kind, subject_id, driver_id, authority, round_id, evidence, found_at, state, version) "
            + "SELECT gen_random_uuid(), kind, subject_id, driver_id, authority, round_id, evidence, found_at, state, version FROM leads"
    )]
    public async Task A_row_that_cannot_be_is_refused(string constraint, string sql)
    {
        await _portal.LeadAsync();
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _portal.ExecuteAsync(sql));
        Assert.Equal(constraint, refused.ConstraintName);
    }

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
