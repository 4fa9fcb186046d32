using AdminPortal.Tests.Support;
using Npgsql;

namespace AdminPortal.Tests.Data.Races;

/// <summary>The database refuses by itself what the product would never write: whoever connects with its account.</summary>
public sealed class ConstraintTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData("audit_entries")]
    [InlineData("case_steps")]
    [InlineData("round_steps")]
    [InlineData("exam_answers")]
    [InlineData("face_consents")]
    [InlineData("penalty_changes")]
    public async Task Records_of_what_happened_are_neither_changed_nor_removed(string table)
    {
        await _portal.SeedCasesAsync(1);
        await _portal.ApplyAsync(await _portal.ImportDriverAsync());
        await _portal.ImportDriverWithPenaltyChangeAsync();
        var column = table switch
        {
            "exam_answers" => "chosen",
            "penalty_changes" => "surplus",
            _ => "act",
        };
        string[] attempts =
        [
            $"UPDATE {table} SET {column} = {column}",
            $"DELETE FROM {table}",
            $"TRUNCATE {table} CASCADE",
        ];
        foreach (var attempt in attempts)
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => _portal.ExecuteAsync(attempt));
            Assert.Equal($"{table} is append-only", refused.MessageText);
        }
        // The control: it is the triggers that refuse.
        await _portal.ExecuteAsync($"ALTER TABLE {table} DISABLE TRIGGER USER");
        Assert.True(await _portal.ExecuteAsync(attempts[0]) > 0);
    }

    [Theory]
    [InlineData("ck_cases_maker_checker", "UPDATE cases SET decided_at = now(), decider_id = driver_id")]
    [InlineData("ck_cases_decided", "UPDATE cases SET decided_at = now()")]
    [InlineData("ck_cases_holder", "UPDATE cases SET state = 'Claimed'")]
    [InlineData("ck_cases_due", "UPDATE cases SET awaiting_year = 2027")]
    [InlineData("ck_rounds_attempts", "UPDATE rounds SET attempts_used = 4")]
    [InlineData("ck_rounds_void", "UPDATE rounds SET state = 'Void'")]
    [InlineData("ck_exam_attempts_number", "UPDATE exam_attempts SET attempt_number = 4")]
    [InlineData("ck_reductions_slot", "UPDATE reductions SET slot = 7")]
    [InlineData("ck_reductions_refused", "UPDATE reductions SET slot = NULL")]
    [InlineData("ck_licences_points", "UPDATE licences SET points = -1")]
    [InlineData(
        "ck_face_consents_notice",
        "INSERT INTO face_consents (driver_id, step_number, act, happened_at) SELECT id, 2, 'Given', now() FROM drivers"
    )]
    [InlineData(
        "ck_face_consents_first",
        "INSERT INTO face_consents (driver_id, step_number, act, happened_at) SELECT id, 1, 'Withdrawn', now() FROM drivers"
    )]
    [InlineData("ck_audit_head_one", "UPDATE audit_head SET id = 2")]
    [InlineData(
        "ux_exam_attempts_one_under_way",
        "UPDATE exam_attempts SET finished_at = NULL, round_id = (SELECT min(round_id::text)::uuid FROM exam_attempts)"
    )]
    [InlineData("ux_round_deadlines_one_running", "UPDATE round_deadlines SET closed_at = NULL")]
    [InlineData(
        "ux_question_versions_one_published",
        "INSERT INTO question_versions SELECT (jsonb_populate_record(q, jsonb_build_object('id', gen_random_uuid(), 'version_number', 2))).* FROM question_versions q"
    )]
    [InlineData(
        "ux_question_versions_one_open",
        "INSERT INTO question_versions SELECT (jsonb_populate_record(q, jsonb_build_object('id', gen_random_uuid(), 'version_number', (random() * 1e9)::int, 'question_id', 'x-001', 'state', 'Draft'))).* FROM question_versions q"
    )]
    [InlineData(
        "ck_question_versions_two_persons",
        "INSERT INTO question_versions SELECT (jsonb_populate_record(q, jsonb_build_object('id', gen_random_uuid(), 'drafted_by_id', q.id, 'reviewed_by_id', q.id))).* FROM question_versions q"
    )]
    [InlineData(
        "ck_question_versions_reviewed",
        "INSERT INTO question_versions SELECT (jsonb_populate_record(q, jsonb_build_object('id', gen_random_uuid(), 'drafted_by_id', q.id))).* FROM question_versions q"
    )]
    [InlineData("ck_question_bank_one", "INSERT INTO question_bank (id, changes) VALUES (2, 0)")]
    [InlineData("IX_drivers_id_number_key", "UPDATE drivers SET id_number_key = '\\x00'")]
    [InlineData(
        "ux_reductions_slot",
        "UPDATE reductions SET driver_id = (SELECT min(driver_id::text)::uuid FROM reductions)"
    )]
    [InlineData(
        "ux_rounds_one_open",
        "UPDATE rounds SET state = 'Studying', driver_id = (SELECT min(driver_id::text)::uuid FROM rounds)"
    )]
    public async Task A_row_that_cannot_be_is_refused(string constraint, string sql)
    {
        await _portal.SeedCasesAsync(2);
        await _portal.SeedReductionsAsync(2);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => _portal.ExecuteAsync(sql));

        Assert.Equal(constraint, refused.ConstraintName);
    }
}
