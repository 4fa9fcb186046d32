using AdminPortal.Data.Commands;
using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Tests.Data.Questions;

/// <summary>The shelf, the acts on it, and what the database holds of it by itself.</summary>
[Trait("Rule", "D-PICTURE")]
public sealed class QuestionPictureTests : IAsyncLifetime
{
    private static readonly QuestionFilter All = new(null, null, null, null);

    private TestPortal _portal = null!;
    private TestOfficer _editor = null!;
    private TestOfficer _second = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _editor = await _portal.CreateEditorAsync();
        _second = await _portal.CreateEditorAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_same_bytes_are_the_same_picture_and_a_name_is_given_once()
    {
        var first = await _portal.ShelvedAsync(_editor, 1);
        Assert.Equal("P-0009", first);
        Assert.Equal(first, await _portal.ShelvedAsync(_second, 1));
        Assert.Equal("P-0010", await _portal.ShelvedAsync(_editor, 2));
        await _portal.DoAsync(new RemoveQuestionPicture("P-0010"), _second.Ref);
        Assert.Equal("P-0011", await _portal.ShelvedAsync(_editor, 3));
        // The second click of the removal; a name that never was is no such success.
        await _portal.DoAsync(new RemoveQuestionPicture("P-0010"), _second.Ref);
        var unknown = await _portal.RefusedAsync(new RemoveQuestionPicture("P-0012"), _second.Ref);
        Assert.Equal(RefusalCode.NotFound, unknown.Code);
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    public async Task A_picture_goes_with_its_question_through_draft_review_list_and_file_of_the_question()
    {
        var name = await _portal.ShelvedAsync(_editor);
        var old = await _portal.InUseAsync(QuestionType.Single);
        var waiting = await _portal.SubmittedAsync(
            _editor,
            TestPortal.Pictured(name: name.ToLowerInvariant()),
            old.QuestionId
        );
        Assert.Equal(name, waiting.PictureName);
        await _portal.DoAsync(new PublishQuestion(waiting.Id, waiting.Revision), _second.Ref);

        var pages = _portal.Get<QuestionPages>();
        var list = await pages.ListAsync(_second.Ref, All with { Picture = new PictureFilter(null) }, 1, default);
        Assert.Equal(9, list!.Lines.Count);
        Assert.All(list.Lines, line => Assert.NotNull(line.Picture));
        var one = await pages.ListAsync(_second.Ref, All with { Picture = new PictureFilter(name) }, 1, default);
        Assert.Equal(waiting.Id, Assert.Single(one!.Lines).VersionId);
        var file = await pages.ReadAsync(_second.Ref, old.QuestionId, default);
        Assert.Equal([name, null], file!.Versions.Select(v => v.PictureName));
        Assert.Equal("一块圆形标志", file.InUse!.Content.Picture!.Description.Zh);
        // Without its picture it says something else.
        var without = await _portal.DraftAsync(_editor, file.InUse.Content with { Picture = null }, old.QuestionId);
        Assert.Null(without.PictureName);
        await _portal.DoAsync(
            new EditDraft(without.Id, without.Revision, TestPortal.Pictured("改过？", "P-0002")),
            _editor.Ref
        );
        Assert.Equal("P-0002", (await _portal.VersionAsync(without.Id)).PictureName);
    }

    [Fact]
    public async Task A_picture_that_is_not_there_is_no_picture_and_one_that_any_version_shows_stays()
    {
        var unknown = await _portal.RefusedAsync(
            new WriteDraft(Guid.NewGuid(), null, TestPortal.Pictured(name: "P-4711")),
            _editor.Ref
        );
        Assert.Equal((RefusalCode.PictureUnknown, "picture"), (unknown.Code, unknown.Field));
        var name = await _portal.ShelvedAsync(_editor);
        var draft = await _portal.DraftAsync(_editor, TestPortal.Pictured(name: name));
        var edited = await _portal.RefusedAsync(
            new EditDraft(draft.Id, draft.Revision, TestPortal.Pictured(name: "P-4711")),
            _editor.Ref
        );
        Assert.Equal(RefusalCode.PictureUnknown, edited.Code);
        // A draft that was discarded is a version too: history shows it.
        await _portal.DoAsync(new DiscardDraft(draft.Id, draft.Revision), _editor.Ref);
        var used = await _portal.RefusedAsync(new RemoveQuestionPicture(name), _second.Ref);
        Assert.Equal((RefusalCode.PictureInUse, 1), (used.Code, used.Facts[0]));

        var shelf = _portal.Get<QuestionPicturePages>();
        var lines = (await shelf.ListAsync(_second.Ref, null, 1, default))!.Lines;
        Assert.Equal(
            [name, .. Enumerable.Range(1, 8).Reverse().Select(QuestionPicture.NameOf)],
            lines.Select(l => l.Name)
        );
        Assert.All(lines, line => Assert.Equal(1, line.Uses));
        Assert.Equal((_editor.Badge, 160, 120), (lines[0].UploadedByName, lines[0].Width, lines[0].Height));
        Assert.Single((await shelf.ListAsync(_second.Ref, "signal-004", 1, default))!.Lines);
        Assert.Single((await shelf.ListAsync(_second.Ref, "p-0003", 1, default))!.Lines);
        Assert.Empty((await shelf.ListAsync(_second.Ref, "没有这样的题", 1, default))!.Lines);
        var officer = await _portal.CreateOfficerAsync();
        Assert.Null(await shelf.ListAsync(officer.Ref, null, 1, default));
        Assert.Null(await shelf.FindAsync(officer.Ref, name, default));
        Assert.Null(await shelf.FileAsync(officer.Ref, name, default));
    }

    [Fact]
    public async Task The_shelf_is_read_in_the_order_of_its_index_and_never_with_its_bytes()
    {
        await _portal.ExecuteAsync(
            "INSERT INTO question_pictures SELECT 'P-' || (1000 + n), 1000 + n, sha256(n::text::bytea), 'Png', 200, 200, 3, 'abc', NULL, NULL, now() FROM generate_series(1, 3000) n"
        );
        await _portal.ExecuteAsync("ANALYZE question_pictures");
        var shelf = _portal.Get<QuestionPicturePages>();
        var page = (await shelf.ListAsync(_second.Ref, null, 1, default))!;
        Assert.Equal(
            (QuestionPicturePages.PageSize, true, "P-4000"),
            (page.Lines.Count, page.HasMore, page.Lines[0].Name)
        );
        Assert.Equal("P-3976", (await shelf.ListAsync(_second.Ref, null, 2, default))!.Lines[0].Name);
        var plan = await _portal.ColumnAsync<string>(
            "EXPLAIN SELECT p.picture_name FROM question_pictures p ORDER BY p.picture_number DESC LIMIT 25"
        );
        Assert.Contains(plan, line => line.Contains("ux_question_pictures_number", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_picture_from_many_at_once_stands_there_once()
    {
        var editors = new List<TestOfficer>();
        for (var i = 0; i < 8; i++)
        {
            editors.Add(await _portal.CreateEditorAsync());
        }
        // Two of them have another one: numbers are given one after the other.
        var outcomes = await Race.RunAsync(
            editors.Count,
            i => _portal.TryAsync(new UploadQuestionPicture(TestPortal.APicture(i < 6 ? 1 : i)), editors[i].Ref)
        );
        var names = outcomes.Select(o => Assert.IsType<Outcome<string>.Done>(o).Value).ToList();
        Assert.Single(names.Take(6).Distinct());
        Assert.Equal(3, names.Distinct().Count());
        Assert.Equal(11, await _portal.ScalarAsync<long>("SELECT count(*) FROM question_pictures"));
        Assert.Equal(3, (await _portal.ActsAsync()).Count(act => act == nameof(UploadQuestionPicture)));
        Assert.Equal(11, await _portal.ScalarAsync<int>("SELECT last_picture FROM question_bank"));

        // The control: who only looks and writes puts it there more than once.
        await _portal.ExecuteAsync("DROP INDEX ux_question_pictures_digest");
        var wrote = await NaiveControl.LookThenWriteAsync(
            _portal,
            8,
            "SELECT count(*) FROM question_pictures WHERE digest = '\\x01'",
            "INSERT INTO question_pictures SELECT 'X' || n, n, '\\x01', picture_format, pixel_width, pixel_height, byte_count, content, NULL, NULL, uploaded_at FROM question_pictures, (SELECT (random() * 1e9)::int AS n) AS r WHERE picture_name = 'P-0001'"
        );
        Assert.True(wrote > 1, "The control wrote once: this was no race.");
    }

    [Fact]
    public async Task Of_a_removal_and_a_use_at_once_one_is_told_by_name_and_no_question_loses_its_picture()
    {
        for (var round = 0; round < 6; round++)
        {
            var name = await _portal.ShelvedAsync(_editor, 100 + round);
            var content = TestPortal.Pictured($"第{round}道图题？", name);
            var refusals = await Race.RunAsync(
                2,
                async i =>
                    i == 0
                        ? (
                            await _portal.TryAsync(new RemoveQuestionPicture(name), _second.Ref)
                            as Outcome<Unit>.Refused
                        )
                            ?.Refusal
                            .Code
                        : (
                            await _portal.TryAsync(new WriteDraft(Guid.NewGuid(), null, content), _editor.Ref)
                            as Outcome<string>.Refused
                        )
                            ?.Refusal
                            .Code
            );
            Assert.Contains(
                (refusals[0], refusals[1]),
                new (RefusalCode?, RefusalCode?)[]
                {
                    (RefusalCode.PictureInUse, null),
                    (null, RefusalCode.PictureUnknown),
                }
            );
        }
        // The control: looking and deleting alone would take it from under a question; here the foreign key is what is left.
        var shown = await _portal.ShelvedAsync(_editor, 200);
        await _portal.DraftAsync(_editor, TestPortal.Pictured("最后一道图题？", shown));
        var kept = await Assert.ThrowsAsync<PostgresException>(() =>
            _portal.ExecuteAsync("DELETE FROM question_pictures WHERE picture_name = $1", shown)
        );
        Assert.Equal("23503", kept.SqlState);
        await _portal.ExecuteAsync(
            "ALTER TABLE question_versions DROP CONSTRAINT \"FK_question_versions_question_pictures_picture_name\""
        );
        Assert.Equal(1, await _portal.ExecuteAsync("DELETE FROM question_pictures WHERE picture_name = $1", shown));
    }

    [Fact]
    public async Task Which_picture_a_version_shows_and_what_a_name_means_never_changes_whoever_connects()
    {
        var draft = await _portal.DraftAsync(_editor, TestPortal.Pictured());
        var waiting = await _portal.SubmittedAsync(_editor, TestPortal.Pictured("雨天怎样行驶？"));
        var inUse = await _portal.ScalarAsync<Guid>(
            "SELECT id FROM question_versions WHERE question_id = 'signal-001'"
        );
        var plain = (await _portal.InUseAsync(QuestionType.Single)).Id;
        foreach (var version in new[] { waiting.Id, inUse })
        {
            await FrozenAsync(
                "question_versions",
                "UPDATE question_versions SET picture_name = 'P-0003' WHERE id = $1",
                version
            );
            await FrozenAsync(
                "question_versions",
                "UPDATE question_versions SET picture_description = '{}' WHERE id = $1",
                version
            );
            await FrozenAsync(
                "question_versions",
                "UPDATE question_versions SET picture_name = NULL, picture_description = NULL WHERE id = $1",
                version
            );
        }
        await FrozenAsync(
            "question_versions",
            "UPDATE question_versions SET picture_name = 'P-0003', picture_description = '{}' WHERE id = $1",
            plain
        );
        // Together with the next state neither.
        await FrozenAsync(
            "question_versions",
            "UPDATE question_versions SET state = 'InReview', picture_name = 'P-0003' WHERE id = $1",
            draft.Id
        );
        foreach (
            var change in new[] { "content = 'x'", "digest = '\\x01'", "pixel_width = 200", "picture_name = 'P-0099'" }
        )
        {
            await FrozenAsync(
                "question_pictures",
                $"UPDATE question_pictures SET {change} WHERE picture_name = 'P-0001'"
            );
        }
        // One half of a picture is none.
        var half = await Assert.ThrowsAsync<PostgresException>(() =>
            _portal.ExecuteAsync("UPDATE question_versions SET picture_description = NULL WHERE id = $1", draft.Id)
        );
        Assert.Equal("ck_question_versions_picture", half.ConstraintName);

        // The control: a draft changes.
        Assert.Equal(
            1,
            await _portal.ExecuteAsync("UPDATE question_versions SET picture_name = 'P-0003' WHERE id = $1", draft.Id)
        );
    }

    [Fact]
    public async Task The_starter_pictures_come_into_an_existing_bank_once()
    {
        // A bank from before there were pictures, in which an editor found one of them already.
        await _portal.ExecuteAsync("ALTER TABLE question_versions DISABLE TRIGGER USER");
        await _portal.ExecuteAsync(
            "UPDATE question_versions SET question_id = 'old-' || right(question_id, 3), picture_name = NULL, picture_description = NULL WHERE question_id LIKE 'signal-%'"
        );
        await _portal.ExecuteAsync("DELETE FROM question_pictures");
        await _portal.ExecuteAsync("UPDATE question_bank SET last_picture = 0");
        await _portal.ExecuteAsync("ALTER TABLE question_versions ENABLE TRIGGER USER");
        var found = StarterContent.Questions.Single(q => q.Id == "signal-003").Picture!;
        var own = await _portal.DoAsync(new UploadQuestionPicture(StarterContent.Picture(found.File)), _editor.Ref);
        Assert.Equal("P-0001", own);

        Assert.Equal(8, await _portal.DoAsync(new SeedStarterBank(), ActorRef.Operator));
        Assert.Equal(0, await _portal.DoAsync(new SeedStarterBank(), ActorRef.Operator));

        Assert.Equal(8, await _portal.ScalarAsync<long>("SELECT count(*) FROM question_pictures"));
        await using var db = _portal.Db();
        var signs = await db.QuestionVersions.Where(q => q.QuestionId.StartsWith("signal-")).ToListAsync();
        Assert.Equal(8, signs.Select(q => q.PictureName).Distinct().Count());
        Assert.All(signs, q => Assert.Equal(QuestionState.Published, q.State));
        Assert.Equal(own, signs.Single(q => q.QuestionId == "signal-003").PictureName);
        Assert.Equal(found.Description, signs.Single(q => q.QuestionId == "signal-003").PictureDescription);
    }

    private async Task FrozenAsync(string table, string sql, params object[] values)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => _portal.ExecuteAsync(sql, values));
        Assert.Equal($"{table} is frozen", refused.MessageText);
    }
}
