using AdminPortal.Data.Commands;
using AdminPortal.Data.Rounds;
using AdminPortal.Data.Sections;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AdminPortal.Tests.Data.Sections;

/// <summary>A section is written by one editor, published by another, and studied by drivers from then on; what two persons do at once.</summary>
public sealed class SectionTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private TestOfficer _drafter = null!;
    private TestOfficer _second = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _drafter = await _portal.CreateEditorAsync();
        _second = await _portal.CreateEditorAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S0-09")]
    public async Task What_ships_is_in_the_database_as_it_ships_and_once()
    {
        Assert.Equal(0, await _portal.DoAsync(new SeedStudyContent(), ActorRef.Operator));
        var contents = await ReadAsync();
        Assert.Equal(StarterContent.Sections.Select(s => s.Id), contents.InUse.Select(s => s.Id));
        foreach (var (shipped, read) in StarterContent.Sections.Zip(contents.InUse))
        {
            Assert.Equal(
                (shipped.Order, shipped.Title, shipped.Minutes, shipped.Video),
                (read.Order, read.Title, read.Minutes, read.Video)
            );
            Assert.Equal(shipped.Articles, read.Articles);
        }
        foreach (var video in contents.Videos.Values)
        {
            foreach (var file in video.Files.Values)
            {
                using var bytes = new MemoryStream();
                await _portal.Get<StudyVideoFiles>().Open(file).CopyToAsync(bytes);
                var extension = file.Name[file.Name.IndexOf('.', StringComparison.Ordinal)..];
                Assert.Equal(TestPortal.ShippedVideo(extension, video.Video.Name), bytes.ToArray());
            }
        }
    }

    [Fact]
    public async Task A_publication_is_seen_by_every_process_at_its_next_page_and_nothing_is_read_twice()
    {
        await using var other = _portal.NewProcess();
        var reader = other.GetRequiredService<StudyReader>();
        var before = await reader.ReadAsync(default);
        Assert.Same(before, await reader.ReadAsync(default));
        var old = await _portal.SectionInUseAsync(StarterContent.Sections[0].Id);

        var next = await _portal.SectionPublishedAsync(TestPortal.NewSection(), old.SectionId);

        Assert.Equal(2, next.Number);
        Assert.Equal(QuestionState.Retired, (await _portal.SectionAsync(old.Id)).State);
        var after = await reader.ReadAsync(default);
        Assert.Equal("雨天行车", after.TitleOf(old.SectionId, english: false));
        // Its place is the last one now.
        Assert.Equal(old.SectionId, after.InUse[^1].Id);
        Assert.Equal(before.InUse.Count, after.InUse.Count);
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    public async Task Drafts_and_their_videos_are_nothing_to_drivers()
    {
        var video = await _portal.UploadVideoAsync(_drafter);
        var content = TestPortal.NewSection() with { VideoId = video };
        var waiting = await _portal.SectionSubmittedAsync(_drafter, content);
        Assert.Null((await ReadAsync()).Find(waiting.SectionId));
        Assert.Null((await ReadAsync()).File($"{video:N}.mp4"));
        Assert.False(await _portal.Get<StudyReader>().KnowsAsync(waiting.SectionId, default));

        await _portal.DoAsync(new PublishSection(waiting.Id, waiting.Revision), _second.Ref);

        Assert.NotNull((await ReadAsync()).File($"{video:N}.mp4"));
        Assert.True(await _portal.Get<StudyReader>().KnowsAsync(waiting.SectionId, default));
    }

    [Fact]
    [Trait("Rule", "S0-09")]
    public async Task Who_is_in_the_middle_of_a_section_that_is_retired_goes_on_and_its_minutes_keep_their_title()
    {
        var section = await _portal.SectionPublishedAsync();
        var (reader, newcomer) = (await _portal.DriverInStudyAsync(), await _portal.DriverInStudyAsync());
        var progress = await _portal.DoAsync(new BeginStudy(section.SectionId), reader.Ref);
        await _portal.DoAsync(new RetireSection(section.Id, section.Revision), _second.Ref);

        _portal.Clock.Advance(TimeSpan.FromSeconds(30));
        progress = await _portal.DoAsync(new TakeBeat(progress.Ticket), reader.Ref);
        Assert.Equal(30, progress.CreditedSeconds);
        var pages = _portal.Get<StudyPages>();
        Assert.NotNull((await pages.ReadAsync(reader.Id, default, section.SectionId))!.Find(section.SectionId));
        await _portal.DoAsync(new BeginStudy(section.SectionId), reader.Ref);
        Assert.Equal("雨天行车", (await ReadAsync()).TitleOf(section.SectionId, english: false));

        // Who has not begun it is not offered it.
        Assert.Null((await pages.ReadAsync(newcomer.Id, default, section.SectionId))!.Find(section.SectionId));
        var refused = await _portal.RefusedAsync(new BeginStudy(section.SectionId), newcomer.Ref);
        Assert.Equal(RefusalCode.NotFound, refused.Code);
    }

    [Fact]
    public async Task A_section_has_one_draft_at_a_time_an_id_is_used_once_and_a_copy_is_no_version()
    {
        var inUse = await _portal.SectionInUseAsync(StarterContent.Sections[0].Id);
        Assert.Equal(
            RefusalCode.QuestionUnchanged,
            (
                await _portal.RefusedAsync(
                    new WriteSection(Guid.NewGuid(), inUse.SectionId, false, inUse.Content),
                    _drafter.Ref
                )
            ).Code
        );
        var draft = await _portal.SectionDraftAsync(_drafter, sectionId: inUse.SectionId);
        var open = await _portal.RefusedAsync(
            new WriteSection(Guid.NewGuid(), inUse.SectionId, false, TestPortal.NewSection("另一个")),
            _second.Ref
        );
        Assert.Equal(RefusalCode.SectionDraftOpen, open.Code);
        var taken = await _portal.RefusedAsync(
            new WriteSection(Guid.NewGuid(), inUse.SectionId, true, TestPortal.NewSection()),
            _second.Ref
        );
        Assert.Equal((RefusalCode.SectionIdTaken, "id"), (taken.Code, taken.Field));
        var unknown = await _portal.RefusedAsync(
            new EditSection(draft.Id, draft.Revision, TestPortal.NewSection() with { VideoId = Guid.NewGuid() }),
            _drafter.Ref
        );
        Assert.Equal((RefusalCode.VideoUnknown, "video"), (unknown.Code, unknown.Field));
    }

    [Fact]
    public async Task The_list_is_searched_filtered_counted_and_shown_to_editors_only()
    {
        var pages = _portal.Get<SectionPages>();
        var waiting = await _portal.SectionSubmittedAsync(_drafter, TestPortal.NewSection("冰霜路面"));
        var all = (await pages.ListAsync(_second.Ref, new SectionFilter(null, null), 1, default))!;
        Assert.Equal(StarterContent.Sections.Count, all.Counts[QuestionState.Published]);
        Assert.Equal(1, all.Counts[QuestionState.InReview]);
        var found = await pages.ListAsync(_second.Ref, new SectionFilter("冰霜路", null), 1, default);
        Assert.Equal(waiting.SectionId, Assert.Single(found!.Lines).SectionId);
        Assert.Empty(
            (await pages.ListAsync(_second.Ref, new SectionFilter("冰霜路", QuestionState.Retired), 1, default))!.Lines
        );
        var officer = await _portal.CreateOfficerAsync();
        Assert.Null(await pages.ListAsync(officer.Ref, new SectionFilter(null, null), 1, default));
        Assert.Null(await pages.ReadAsync(officer.Ref, waiting.SectionId, default));
        Assert.Null(await pages.VideosAsync(officer.Ref, 1, default));
        Assert.False(await pages.MayEditAsync(officer.Ref, default));
    }

    [Fact]
    public async Task A_piece_of_a_video_is_read_from_the_parts_it_lies_in()
    {
        // Two and a bit parts, of which the second is not read.
        var size = StudyVideoFiles.PartSize;
        byte[] file = [.. TestPortal.ShippedVideo(), .. new byte[2 * size]];
        var free = file.AsSpan(TestPortal.ShippedVideo().Length);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(free, free.Length);
        "free"u8.CopyTo(free[4..]);
        file[^1] = 7;
        var video = Assert.IsType<Outcome<CheckedVideo>.Done>(CheckedVideo.Of(TestPortal.NewVideo(file))).Value;
        var id = Guid.NewGuid();
        await _portal.DoAsync(new UploadStudyVideo(id, video), _drafter.Ref);
        var ready = (await _portal.Get<SectionPages>().VideoAsync(_drafter.Ref, id, default))!.Ready;
        Assert.Equal(3L, await PartsAsync(id));
        await _portal.ExecuteAsync("ALTER TABLE study_video_parts DISABLE TRIGGER USER");
        await _portal.ExecuteAsync("DELETE FROM study_video_parts WHERE video_id = $1 AND ordinal = 1", id);

        await using var stream = _portal.Get<StudyVideoFiles>().Open(ready.Files[VideoFileKind.Video]);
        var buffer = new byte[10];
        await stream.ReadExactlyAsync(buffer);
        Assert.Equal(file[..10], buffer);
        stream.Seek(-10, SeekOrigin.End);
        await stream.ReadExactlyAsync(buffer);
        Assert.Equal(file[^10..], buffer);
        Assert.Equal(0, await stream.ReadAsync(buffer));
        stream.Position = size;
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.ReadExactlyAsync(buffer));
    }

    [Fact]
    public async Task A_form_sent_again_is_the_same_video_or_is_refused_in_words()
    {
        var id = await _portal.UploadVideoAsync(_drafter);
        var sent = TestPortal.NewVideo();
        await _portal.DoAsync(new UploadStudyVideo(id, Looked(sent)), _drafter.Ref);
        var captions = System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(sent.EnglishCaptions.Span) + "\n"
        );
        foreach (
            var corrected in new[]
            {
                sent with
                {
                    Title = new BilingualText("谁应先走", "Who goes first"),
                },
                sent with
                {
                    EnglishCaptions = captions,
                },
            }
        )
        {
            var refused = await _portal.RefusedAsync(new UploadStudyVideo(id, Looked(corrected)), _drafter.Ref);
            Assert.Equal(RefusalCode.VideoStoredBefore, refused.Code);
        }

        static CheckedVideo Looked(SentVideo video) =>
            Assert.IsType<Outcome<CheckedVideo>.Done>(CheckedVideo.Of(video)).Value;
    }

    [Fact]
    public async Task Of_two_publications_at_once_one_counts_and_the_others_are_told()
    {
        var old = await _portal.SectionInUseAsync(StarterContent.Sections[0].Id);
        var waiting = await _portal.SectionSubmittedAsync(_drafter, sectionId: old.SectionId);
        var reviewers = new List<TestOfficer>();
        for (var i = 0; i < 6; i++)
        {
            reviewers.Add(await _portal.CreateEditorAsync());
        }

        var outcomes = await Race.RunAsync(
            reviewers.Count,
            i => _portal.TryAsync(new PublishSection(waiting.Id, waiting.Revision), reviewers[i].Ref)
        );

        Assert.Single(outcomes, o => o is Outcome<Unit>.Done);
        Assert.All(
            outcomes.OfType<Outcome<Unit>.Refused>(),
            refused => Assert.Equal(RefusalCode.QuestionReviewed, refused.Refusal.Code)
        );
        Assert.Equal(waiting.Id, (await _portal.SectionInUseAsync(old.SectionId)).Id);

        // The control: who only looks and writes publishes more than once.
        await _portal.ExecuteAsync("DROP INDEX ux_section_versions_one_published");
        var wrote = await NaiveControl.LookThenWriteAsync(
            _portal,
            6,
            "SELECT count(*) FROM section_versions WHERE section_id = 'fog' AND state = 'Published'",
            $"""
            INSERT INTO section_versions (id, section_id, version_number, state, reading_order, title, text, wording, articles, minutes, published_at, revision)
            SELECT gen_random_uuid(), 'fog', (random() * 1e9)::int, 'Published', reading_order, title, text, wording, articles, minutes, now(), 0 FROM section_versions WHERE id = '{waiting.Id}'
            """
        );
        Assert.True(wrote > 1, "The control wrote once: this was no race.");
    }

    [Fact]
    public async Task However_many_sections_are_taken_out_at_once_one_stays()
    {
        var versions = await _portal.ColumnAsync<Guid>("SELECT id FROM section_versions WHERE state = 'Published'");

        var outcomes = await Race.RunAsync(
            versions.Count,
            i => _portal.TryAsync(new RetireSection(versions[i], 0), _second.Ref)
        );

        Assert.Equal(versions.Count - 1, outcomes.Count(o => o is Outcome<Unit>.Done));
        Assert.Equal(RefusalCode.SectionLast, Assert.Single(outcomes.OfType<Outcome<Unit>.Refused>()).Refusal.Code);
        Assert.Single((await ReadAsync()).InUse);

        // The control: with two again, who only looks and writes takes both.
        await _portal.ExecuteAsync("ALTER TABLE section_versions DISABLE TRIGGER USER");
        await _portal.ExecuteAsync(
            "UPDATE section_versions SET state = 'Published' WHERE id = ANY($1)",
            versions.Take(2).Concat(versions.TakeLast(2)).ToArray()
        );
        const string inUse = "FROM section_versions WHERE state = 'Published'";
        var had = await _portal.ScalarAsync<long>($"SELECT count(*) {inUse}");
        var took = await NaiveControl.LookThenWriteAsync(
            _portal,
            (int)had,
            $"SELECT CASE WHEN count(*) > 1 THEN 0 ELSE 1 END::bigint {inUse}",
            $"UPDATE section_versions SET state = 'Retired' WHERE id = (SELECT id {inUse} LIMIT 1 FOR UPDATE SKIP LOCKED)"
        );
        Assert.Equal(had, took);
        Assert.Equal(0, await _portal.ScalarAsync<long>($"SELECT count(*) {inUse}"));
    }

    [Fact]
    public async Task What_a_version_says_changes_in_its_draft_and_nowhere_else_and_a_video_never()
    {
        var draft = await _portal.SectionDraftAsync(_drafter);
        var waiting = await _portal.SectionSubmittedAsync(_drafter);
        var old = await _portal.SectionInUseAsync(StarterContent.Sections[0].Id);
        var next = await _portal.SectionPublishedAsync(sectionId: old.SectionId);
        string[] content =
        [
            "reading_order = 9",
            "title = 'x'",
            "text = 'x'",
            "wording = 'x'",
            "articles = 'x'",
            "minutes = 9",
            "video_id = (SELECT max(id::text)::uuid FROM study_videos)",
        ];
        foreach (var version in new[] { waiting.Id, next.Id })
        {
            foreach (var change in content)
            {
                await FrozenAsync(
                    "section_versions is frozen",
                    $"UPDATE section_versions SET {change} WHERE id = $1",
                    version
                );
            }
            await FrozenAsync(
                "section_versions is frozen",
                "UPDATE section_versions SET section_id = 'x' WHERE id = $1",
                version
            );
            await FrozenAsync(
                "section_versions is frozen",
                "UPDATE section_versions SET drafted_by_key = '\\x01' WHERE id = $1",
                version
            );
            await FrozenAsync("section_versions is frozen", "DELETE FROM section_versions WHERE id = $1", version);
        }
        await FrozenAsync(
            "section_versions is frozen",
            "UPDATE section_versions SET state = 'Published' WHERE id = $1",
            old.Id
        );
        await FrozenAsync(
            "section_versions is frozen",
            "UPDATE section_versions SET published_at = NULL WHERE id = $1",
            old.Id
        );
        await FrozenAsync(
            "section_versions is frozen",
            "UPDATE section_versions SET state = 'InReview', minutes = 9 WHERE id = $1",
            draft.Id
        );
        await FrozenAsync("section_versions is frozen", "TRUNCATE section_versions CASCADE");
        foreach (var table in new[] { "study_videos", "study_video_files", "study_video_parts" })
        {
            await FrozenAsync($"{table} is append-only", $"DELETE FROM {table}");
        }
        await FrozenAsync("study_video_parts is append-only", "UPDATE study_video_parts SET content = '\\x00'");

        // The control: a draft changes, and without the trigger everything does.
        const string sql = "UPDATE section_versions SET minutes = 9 WHERE id = $1";
        Assert.Equal(1, await _portal.ExecuteAsync(sql, draft.Id));
        await _portal.ExecuteAsync("ALTER TABLE section_versions DISABLE TRIGGER USER");
        Assert.Equal(1, await _portal.ExecuteAsync(sql, next.Id));
    }

    private async Task FrozenAsync(string message, string sql, params object[] values)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => _portal.ExecuteAsync(sql, values));
        Assert.Equal(message, refused.MessageText);
    }

    private Task<StudyContents> ReadAsync() => _portal.Get<StudyReader>().ReadAsync(default);

    private Task<long> PartsAsync(Guid video) =>
        _portal.ScalarAsync<long>(
            "SELECT count(*) FROM study_video_parts WHERE video_id = $1 AND kind = 'Video'",
            video
        );
}
