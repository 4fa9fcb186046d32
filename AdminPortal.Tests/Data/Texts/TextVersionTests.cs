using AdminPortal.Data.Applications;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Domain.Texts;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AdminPortal.Tests.Data.Texts;

/// <summary>Versions of notices and messages: two persons, in force at once, and the past stays as it was.</summary>
[Trait("Rule", "D-TEXT")]
public sealed class TextVersionTests : IAsyncLifetime
{
    private const string Approved = nameof(MessageTemplate.ApplicationApproved);

    private TestPortal _portal = null!;
    private TestOfficer _drafter = null!;
    private TestOfficer _second = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _drafter = await _portal.CreateAdministratorAsync();
        _second = await _portal.CreateAdministratorAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_message_keeps_the_wording_it_was_sent_with_and_the_next_one_has_the_new()
    {
        var driver = await _portal.ImportDriverAsync();
        var other = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(driver);
        var before = await InboxAsync(driver);
        await _portal.PublishTextAsync(
            Approved,
            new TextContent("【学法减分】已通过，{0}前学完。", "Approved: study by {0}.")
        );
        await _portal.ApplyAsync(other);
        var first = await InboxAsync(other);
        await _portal.PublishTextAsync(Approved, new TextContent("第三版{0}", "Third {0}"));

        Assert.Equal(before, await InboxAsync(driver));
        Assert.Equal(first, await InboxAsync(other));
        Assert.StartsWith("【学法减分】已通过，", first[0]);
        Assert.StartsWith("Approved: study by ", (await InboxAsync(other, english: true))[0]);
        // The gateway and the driver's copy get the same words.
        await _portal.Get<MessageDispatcher>().RunAsync(default);
        Assert.Contains(_portal.Messages.Sent, m => m.Text == before[0]);
        Assert.Contains(_portal.Messages.Sent, m => m.Text == first[0]);
        var copy = await _portal.Get<AdminPortal.Data.MyData.MyDataPages>().ReadAsync(other.Id, false, default);
        Assert.Contains(copy.Single(t => t.Name == "Messages").Rows, row => row.Contains(first[0]));
        var home = await _portal.Get<AdminPortal.Data.Drivers.DriverPages>().HomeAsync(other.Id, false, default);
        Assert.Equal(first[0], home!.Messages[0].Text);
    }

    [Fact]
    public async Task A_new_face_notice_is_consented_to_anew_with_the_next_application_and_old_consent_stands_till_then()
    {
        var driver = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(driver);
        await _portal.PublishTextAsync(nameof(TextKind.FaceNotice), new TextContent("一\n二", ""));
        _portal.Get<PublishedTexts>().Forget();

        var view = await _portal.Get<ConsentPages>().ReadAsync(driver.Id, default);
        Assert.NotNull(view.InForce);
        Assert.False(view.IsCurrent);
        Assert.Equal("2026-2", view.Notice.Version);
        Assert.False(view.Notice.IsIn(english: true));
        var next = await _portal.ImportDriverAsync();
        var form = TestPortal.Application(next);
        var refused = await _portal.RefusedAsync(form, next.Ref);
        Assert.Equal((RefusalCode.NoticeOutdated, "faceConsent"), (refused.Code, refused.Field));
        Assert.True((await _portal.DoAsync(form with { FaceNoticeVersion = "2026-2" }, next.Ref)).IsApproved);
        var consent = (await _portal.Get<ConsentPages>().ReadAsync(next.Id, default)).Steps[0];
        Assert.Equal("2026-2", consent.NoticeVersion);
        Assert.Equal(view.Notice.Hash, consent.NoticeHash);
    }

    [Fact]
    [Trait("Rule", "S0-05")]
    public async Task Drivers_read_the_very_versions_they_accepted()
    {
        var early = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(early);
        await _portal.PublishTextAsync(nameof(TextKind.ServiceNotice), new TextContent("新须知", "New notice"));
        var late = await _portal.ImportDriverAsync();
        Assert.Equal(
            RefusalCode.NoticeOutdated,
            (await _portal.RefusedAsync(TestPortal.Application(late), late.Ref)).Code
        );
        await _portal.DoAsync(TestPortal.Application(late) with { NoticeVersion = "2026-3" }, late.Ref);

        var mine = await _portal.Get<AcceptedNotices>().ReadAsync(early.Id, default);
        Assert.Equal(
            [(TextKind.ServiceNotice, "2026-2"), (TextKind.FaceNotice, "2026-1")],
            mine.Select(n => (n.Kind, n.Notice.Version)).OrderBy(n => n.Kind)
        );
        Assert.Equal(ServiceNotice.Newest.Zh, mine.Single(n => n.Kind == TextKind.ServiceNotice).Notice.Zh);
        var theirs = await _portal.Get<AcceptedNotices>().ReadAsync(late.Id, default);
        Assert.Equal(["新须知"], theirs.Single(n => n.Kind == TextKind.ServiceNotice).Notice.Zh);
        // Who accepted what shipped first reads that.
        await _portal.ExecuteAsync(
            "UPDATE applications SET notice_version = '2026-1', notice_hash = $1 WHERE driver_id = $2",
            ServiceNotice.Shipped[0].Hash,
            early.Id
        );
        mine = await _portal.Get<AcceptedNotices>().ReadAsync(early.Id, default);
        Assert.Equal(ServiceNotice.Shipped[0].Zh, mine.Single(n => n.Kind == TextKind.ServiceNotice).Notice.Zh);
    }

    [Fact]
    [Trait("Rule", "D-LEAD-DEVICE")]
    public void The_service_notice_names_what_is_kept_of_a_device_and_the_one_before_can_still_be_read()
    {
        Assert.Equal(["2026-1", "2026-2"], ServiceNotice.Shipped.Select(n => n.Version));
        Assert.Contains(ServiceNotice.Newest.Zh, p => p.Contains("设备摘要"));
        Assert.Contains(ServiceNotice.Newest.En, p => p.Contains("digest"));
        Assert.Equal(ServiceNotice.Newest.Zh.Count, ServiceNotice.Newest.En.Count);
        Assert.Equal(ServiceNotice.Shipped[0].Zh, ServiceNotice.Newest.Zh.Where(p => !p.Contains("设备摘要")));
    }

    [Fact]
    [Trait("Rule", "D-TEXT-CACHE")]
    public async Task Another_process_shows_a_publication_within_seconds_and_reads_no_more_often()
    {
        var other = _portal.NewProcess().GetRequiredService<PublishedTexts>();
        Assert.Equal("2026-2", (await other.NoticeAsync(TextKind.ServiceNotice, default)).Version);
        await _portal.PublishTextAsync(nameof(TextKind.ServiceNotice), new TextContent("新须知", ""));

        _portal.Clock.Advance(PublishedTexts.Keep - TimeSpan.FromMilliseconds(1));
        Assert.Equal("2026-2", (await other.NoticeAsync(TextKind.ServiceNotice, default)).Version);
        _portal.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("2026-3", (await other.NoticeAsync(TextKind.ServiceNotice, default)).Version);
    }

    [Fact]
    public async Task Only_the_drafter_goes_on_only_another_person_publishes_and_one_draft_is_open_at_a_time()
    {
        var twin = await _portal.ImportDriverAsync();
        var drafter = await _portal.CreateAdministratorAsync(twin.Person);
        var sameperson = await _portal.CreateAdministratorAsync(twin.Person);
        var draft = await _portal.DraftTextAsync(drafter, Approved);

        Assert.Equal(RefusalCode.SecondPersonNeeded, (await Refused(new PublishText(draft, 1), drafter)).Code);
        Assert.Equal(RefusalCode.SecondPersonNeeded, (await Refused(new PublishText(draft, 1), sameperson)).Code);
        var edit = new EditText(draft, 1, TestPortal.Reworded(Approved, "！"));
        Assert.Equal(RefusalCode.QuestionNotYourDraft, (await Refused(edit, _second)).Code);
        var another = new DraftText(Guid.NewGuid(), Approved, TestPortal.Reworded(Approved, "！"));
        Assert.Equal(RefusalCode.TextDraftOpen, (await Refused(another, _second)).Code);
        await _portal.DoAsync(edit, drafter.Ref);
        // What was read is what is published: not the draft as it has become since.
        Assert.Equal(RefusalCode.Stale, (await Refused(new PublishText(draft, 1), _second)).Code);
        await _portal.DoAsync(new PublishText(draft, 2), _second.Ref);
        var copy = new DraftText(Guid.NewGuid(), Approved, TestPortal.Reworded(Approved, "！"));
        Assert.Equal(RefusalCode.TextUnchanged, (await Refused(copy, drafter)).Code);
        Assert.Equal(RefusalCode.TextSettled, (await Refused(new DiscardText(draft, 3), _drafter)).Code);
        var view = (await _portal.Get<TextPages>().FindAsync(_drafter.Ref, Approved, default))!;
        Assert.Equal([2, 1], view.Editions.Select(e => e.Number));
        Assert.Equal(draft, view.InForce.Id);
        Assert.Null(await _portal.Get<TextPages>().FindAsync(_drafter.Ref, "Nothing", default));
        Assert.Null(await _portal.Get<TextPages>().ListAsync((await _portal.CreateOfficerAsync()).Ref, default));
    }

    [Fact]
    public async Task What_was_published_never_changes_whoever_connects()
    {
        var published = await _portal.PublishTextAsync(Approved);
        var draft = await _portal.DraftTextAsync(_drafter, Approved, TestPortal.Reworded(Approved, "！"));
        foreach (
            var change in new[]
            {
                "zh = 'x'",
                "en = 'x'",
                "state = 'Draft'",
                "state = 'Discarded'",
                "settled_at = now()",
            }
        )
        {
            await FrozenAsync($"UPDATE text_versions SET {change} WHERE id = $1", published);
        }
        await FrozenAsync("UPDATE text_versions SET drafted_by_id = gen_random_uuid() WHERE id = $1", draft);
        await FrozenAsync("UPDATE text_versions SET name = 'RoundVoid' WHERE id = $1", draft);
        await FrozenAsync("UPDATE text_versions SET state = 'Discarded', zh = 'x' WHERE id = $1", draft);
        await FrozenAsync("DELETE FROM text_versions WHERE id = $1", draft);
        await FrozenAsync("TRUNCATE text_versions CASCADE");
        // One person alone, by hand: refused by the table itself.
        var alone = await Assert.ThrowsAsync<PostgresException>(() =>
            _portal.ExecuteAsync(
                "UPDATE text_versions SET state = 'Published', settled_by_id = drafted_by_id, settled_at = now() WHERE id = $1",
                draft
            )
        );
        Assert.Equal("ck_text_versions_two_persons", alone.ConstraintName);
        // The control: a draft changes, and without the trigger everything does.
        Assert.Equal(1, await _portal.ExecuteAsync("UPDATE text_versions SET zh = 'x' WHERE id = $1", draft));
        await _portal.ExecuteAsync("ALTER TABLE text_versions DISABLE TRIGGER USER");
        Assert.Equal(1, await _portal.ExecuteAsync("UPDATE text_versions SET zh = 'x' WHERE id = $1", published));
    }

    [Fact]
    public async Task Of_many_drafts_and_many_publications_at_once_one_counts()
    {
        var administrators = new List<TestOfficer>();
        for (var i = 0; i < 8; i++)
        {
            administrators.Add(await _portal.CreateAdministratorAsync());
        }
        var drafts = await Race.RunAsync(
            administrators.Count,
            i =>
                _portal.TryAsync(
                    new DraftText(Guid.NewGuid(), Approved, TestPortal.Reworded(Approved, $"{i}")),
                    administrators[i].Ref
                )
        );
        Assert.Single(drafts, o => o is Outcome<Unit>.Done);
        Assert.All(
            drafts.OfType<Outcome<Unit>.Refused>(),
            refused => Assert.Equal(RefusalCode.TextDraftOpen, refused.Refusal.Code)
        );
        var id = await _portal.ScalarAsync<Guid>("SELECT id FROM text_versions");
        var published = await Race.RunAsync(
            administrators.Count,
            i => _portal.TryAsync(new PublishText(id, 1), administrators[i].Ref)
        );
        Assert.Single(published, o => o is Outcome<Unit>.Done);
        Assert.Equal(1, (await _portal.ActsAsync()).Count(act => act == nameof(PublishText)));

        // The control: who only looks and writes has more than one draft.
        await _portal.ExecuteAsync("DROP INDEX ux_text_versions_one_draft");
        var wrote = await NaiveControl.LookThenWriteAsync(
            _portal,
            8,
            "SELECT count(*) FROM text_versions WHERE name = 'RoundVoid' AND state = 'Draft'",
            """
            INSERT INTO text_versions (id, kind, name, version_number, state, zh, en, drafted_by_id, drafted_by_name, drafted_at, revision)
            SELECT gen_random_uuid(), 'Message', 'RoundVoid', (random() * 1e9)::int, 'Draft', 'x', 'x', gen_random_uuid(), 'x', now(), 1
            """
        );
        Assert.True(wrote > 1, "The control wrote once: this was no race.");
    }

    private async Task<IReadOnlyList<string>> InboxAsync(TestDriver driver, bool english = false) =>
        [.. (await _portal.DoAsync(new OpenInbox(english), driver.Ref)).Select(m => m.Text)];

    private Task<Refusal> Refused(ICommand<Unit> command, TestOfficer who) => _portal.RefusedAsync(command, who.Ref);

    private async Task FrozenAsync(string sql, params object[] values)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => _portal.ExecuteAsync(sql, values));
        Assert.Equal("text_versions is frozen", refused.MessageText);
    }
}
