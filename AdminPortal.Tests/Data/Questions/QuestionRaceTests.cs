using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Tests.Data.Questions;

/// <summary>What two persons do at once, and what the database refuses by itself.</summary>
public sealed class QuestionRaceTests : IAsyncLifetime
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
    public async Task Of_two_reviews_at_once_one_counts_and_the_others_are_told()
    {
        var old = await _portal.InUseAsync(QuestionType.Single);
        var waiting = await _portal.SubmittedAsync(_drafter, questionId: old.QuestionId);
        var reviewers = new List<TestOfficer>();
        for (var i = 0; i < 8; i++)
        {
            reviewers.Add(await _portal.CreateEditorAsync());
        }

        var outcomes = await Race.RunAsync(
            reviewers.Count,
            i => _portal.TryAsync(new PublishQuestion(waiting.Id, waiting.Revision), reviewers[i].Ref)
        );

        Assert.Single(outcomes, o => o is Outcome<Unit>.Done);
        Assert.All(
            outcomes.OfType<Outcome<Unit>.Refused>(),
            refused => Assert.Equal(RefusalCode.QuestionReviewed, refused.Refusal.Code)
        );
        Assert.Equal(waiting.Id, (await InUseAsync(old.QuestionId)).Single());
        Assert.Equal(1, (await _portal.ActsAsync()).Count(act => act == nameof(PublishQuestion)));

        // The control: who only looks and writes publishes more than once.
        await _portal.ExecuteAsync("DROP INDEX ux_question_versions_one_published");
        var wrote = await NaiveControl.LookThenWriteAsync(
            _portal,
            8,
            "SELECT count(*) FROM question_versions WHERE question_id = 'fog-001' AND state = 'Published'",
            $"""
            INSERT INTO question_versions (id, question_id, version_number, state, question_type, category, article, text, options, answer_key, explanation, difficulty, wording, revision)
            SELECT gen_random_uuid(), 'fog-001', (random() * 1e9)::int, state, question_type, category, article, text, options, answer_key, explanation, difficulty, wording, 0 FROM question_versions WHERE id = '{waiting.Id}'
            """
        );
        Assert.True(wrote > 1, "The control wrote once: this was no race.");
    }

    [Fact]
    [Trait("Rule", "S1-30")]
    public async Task However_many_questions_are_taken_out_at_once_enough_for_a_paper_stay()
    {
        var versions = await _portal.ColumnAsync<Guid>(
            "SELECT id FROM question_versions WHERE question_type = 'Multiple' AND state = 'Published'"
        );
        var needed = SchemeCatalogue.Shipped.All.Max(s => s.Paper.Value.Multiple);
        await _portal.ExecuteAsync(
            "UPDATE question_versions SET state = 'Retired' WHERE id = ANY($1)",
            versions.Skip(needed + 2).ToArray()
        );

        var outcomes = await Race.RunAsync(
            needed + 2,
            i => _portal.TryAsync(new RetireQuestion(versions[i], 0), _second.Ref)
        );

        Assert.Equal(2, outcomes.Count(o => o is Outcome<Unit>.Done));
        Assert.All(
            outcomes.OfType<Outcome<Unit>.Refused>(),
            refused => Assert.Equal(RefusalCode.QuestionsTooFew, refused.Refusal.Code)
        );
        var left = await _portal.ScalarAsync<long>(
            "SELECT count(*) FROM question_versions WHERE question_type = 'Multiple' AND state = 'Published'"
        );
        Assert.Equal(needed, left);
        await _portal.StartExamAsync(await _portal.DriverBeforeExamAsync());

        // The control: with one to spare again, who only looks and writes takes more than that one.
        await _portal.ExecuteAsync(
            "INSERT INTO question_versions SELECT (jsonb_populate_record(q, jsonb_build_object('id', gen_random_uuid(), 'question_id', 'spare-001', 'state', 'Published'))).* FROM question_versions q WHERE id = $1",
            versions[0]
        );
        const string inUse = "FROM question_versions WHERE question_type = 'Multiple' AND state = 'Published'";
        var took = await NaiveControl.LookThenWriteAsync(
            _portal,
            4,
            $"SELECT CASE WHEN count(*) > {needed} THEN 0 ELSE 1 END::bigint {inUse}",
            $"UPDATE question_versions SET state = 'Retired' WHERE id = (SELECT id {inUse} LIMIT 1 FOR UPDATE SKIP LOCKED)"
        );
        Assert.True(took > 1, "The control took one: this was no race.");
        Assert.True(await _portal.ScalarAsync<long>($"SELECT count(*) {inUse}") < needed);
    }

    [Fact]
    public async Task What_a_version_says_changes_in_its_draft_and_nowhere_else_whoever_connects()
    {
        var draft = await _portal.DraftAsync(_drafter);
        var waiting = await _portal.SubmittedAsync(_drafter, TestPortal.NewQuestion("雨天怎样行驶？"));
        var old = await _portal.InUseAsync(QuestionType.Single);
        var next = await _portal.SubmittedAsync(_drafter, questionId: old.QuestionId);
        await _portal.DoAsync(new PublishQuestion(next.Id, next.Revision), _second.Ref);
        string[] content =
        [
            "question_type = 'Multiple'",
            "category = 'x'",
            "article = 'x'",
            "text = 'x'",
            "wording = 'x'",
            "options = 'x'",
            "answer_key = '1'",
            "explanation = 'x'",
            "difficulty = 3",
        ];
        // Waiting for its review, in use, and out of use.
        foreach (var version in new[] { waiting.Id, next.Id, old.Id })
        {
            foreach (var change in content)
            {
                await FrozenAsync($"UPDATE question_versions SET {change} WHERE id = $1", version);
            }
            await FrozenAsync("UPDATE question_versions SET drafted_by_id = gen_random_uuid() WHERE id = $1", version);
            await FrozenAsync("UPDATE question_versions SET question_id = 'x-001' WHERE id = $1", version);
            await FrozenAsync("DELETE FROM question_versions WHERE id = $1", version);
        }
        // Nor by a way round: back to a draft, back into use, another writer, or new words together with the next state.
        await FrozenAsync("UPDATE question_versions SET state = 'Draft' WHERE id = $1", next.Id);
        await FrozenAsync("UPDATE question_versions SET state = 'Published' WHERE id = $1", old.Id);
        await FrozenAsync("UPDATE question_versions SET drafted_by_key = '\\x01' WHERE id = $1", draft.Id);
        await FrozenAsync("UPDATE question_versions SET state = 'InReview', answer_key = '1' WHERE id = $1", draft.Id);
        await FrozenAsync("TRUNCATE question_versions CASCADE");

        // The control: a draft changes, and without the trigger everything does.
        Assert.Equal(
            1,
            await _portal.ExecuteAsync("UPDATE question_versions SET answer_key = '1' WHERE id = $1", draft.Id)
        );
        await _portal.ExecuteAsync("ALTER TABLE question_versions DISABLE TRIGGER USER");
        Assert.Equal(
            1,
            await _portal.ExecuteAsync("UPDATE question_versions SET answer_key = '1' WHERE id = $1", next.Id)
        );
    }

    private async Task FrozenAsync(string sql, params object[] values)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => _portal.ExecuteAsync(sql, values));
        Assert.Equal("question_versions is frozen", refused.MessageText);
    }

    private async Task<List<Guid>> InUseAsync(string questionId)
    {
        await using var db = _portal.Db();
        return await db
            .QuestionVersions.Where(q => q.QuestionId == questionId && q.State == QuestionState.Published)
            .Select(q => q.Id)
            .ToListAsync();
    }
}
