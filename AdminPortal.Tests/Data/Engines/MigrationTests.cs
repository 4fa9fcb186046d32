using System.Text.RegularExpressions;
using AdminPortal.Data;
using AdminPortal.Data.Casework;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Tests.Data.Engines;

/// <summary>Both engines carry the same model and the same invariants; SQL Server is held by Microsoft's own parser (acceptance 4).</summary>
public sealed partial class MigrationTests
{
    /// <summary>The invariants of DESIGN §4 by the name they have in the database.</summary>
    private static readonly string[] Invariants =
    [
        "rounds: ux_rounds_one_open",
        "reductions: ux_reductions_slot",
        "reductions: ck_reductions_slot",
        "exam_answers: PK_exam_answers (attempt_id, ordinal)",
        "reviews: IX_reviews_attempt_id",
        "case_steps: ux_case_steps_one_decision",
        "cases: ck_cases_maker_checker",
        "cases: ck_cases_holder",
        "audit_entries: tr_audit_entries_append_only",
        "case_steps: tr_case_steps_append_only",
        "round_steps: tr_round_steps_append_only",
        "exam_answers: tr_exam_answers_append_only",
        "face_consents: tr_face_consents_append_only",
        "face_consents: ck_face_consents_notice",
        "face_consents: ck_face_consents_first",
        "face_consents: PK_face_consents (driver_id, step_number)",
        "data_exports: PK_data_exports (driver_id, export_number)",
        "face_checks: IX_face_checks_challenge_id",
        "exam_attempts: ux_exam_attempts_one_under_way",
        "round_deadlines: ux_round_deadlines_one_running",
        "question_versions: ux_question_versions_one_published",
        "question_versions: ux_question_versions_one_open",
        "question_versions: ck_question_versions_two_persons",
        "question_versions: ck_question_versions_reviewed",
        "question_bank: ck_question_bank_one",
        "question_versions: tr_question_versions_frozen",
        "question_versions: tr_question_versions_picture_frozen",
        "question_versions: ck_question_versions_picture",
        "question_pictures: tr_question_pictures_frozen",
        "question_pictures: ux_question_pictures_digest",
        "question_pictures: ck_question_pictures_size",
        "section_versions: ux_section_versions_one_published",
        "section_versions: ux_section_versions_one_open",
        "section_versions: ck_section_versions_two_persons",
        "section_versions: ck_section_versions_reviewed",
        "section_versions: tr_section_versions_frozen",
        "study_shelf: ck_study_shelf_one",
        "study_videos: tr_study_videos_append_only",
        "study_video_files: tr_study_video_files_append_only",
        "study_video_parts: tr_study_video_parts_append_only",
        "remarks: ck_remarks_maker_checker",
        "remarks: ck_remarks_checked",
        "remarks: ux_remarks_one_proposed",
        "remarked_answers: tr_remarked_answers_append_only",
        "remarked_answers: PK_remarked_answers (attempt_id, ordinal)",
        "drivers: IX_drivers_id_number_key",
        "audit_head: ck_audit_head_one",
        "leads: ux_leads_subject",
        "leads: ux_leads_entry",
        "leads: ck_leads_case",
        "leads: ck_leads_proposal",
        "feedback_tickets: ux_feedback_tickets_form_key",
        "feedback_tickets: ux_feedback_tickets_open_slot",
        "feedback_tickets: ck_feedback_tickets_open_slot",
        "feedback_tickets: ux_feedback_tickets_number",
        "staff_roles: ck_staff_roles_realm",
        "staff_realms: ux_staff_realms_one",
        "role_grants: ck_role_grants_two_persons",
        "role_grants: ux_role_grants_one_proposal",
        "text_versions: tr_text_versions_frozen",
        "text_versions: ck_text_versions_two_persons",
        "text_versions: ux_text_versions_one_draft",
        "text_versions: ux_text_versions_label",
        "authorities: tr_authorities_no_overlap",
        "authorities: ux_authorities_one_running",
        "scheme_assignments: ck_scheme_assignments_two_persons",
        "scheme_assignments: ux_scheme_assignments_one_proposed",
    ];

    [Fact]
    public void The_migrations_of_both_engines_say_all_that_the_model_says()
    {
        using var postgreSql = PostgreSql();
        using var sqlServer = SqlServerTranslation.Offline([]);
        Assert.False(postgreSql.Database.HasPendingModelChanges());
        Assert.False(sqlServer.Database.HasPendingModelChanges());
    }

    [Fact]
    public void The_invariants_stand_in_both_engines_alike()
    {
        using var postgreSql = PostgreSql();
        using var sqlServer = SqlServerTranslation.Offline([]);
        var ours = ConstraintsOf(postgreSql).ToHashSet();
        Assert.Equal(ours.Order(), ConstraintsOf(sqlServer).Order());
        Assert.Equal([], Invariants.Except(ours.Select(c => c.Split(" WHERE ")[0].Split(" CHECK ")[0])));
    }

    [Theory]
    [InlineData(MigrationsSqlGenerationOptions.Default)]
    [InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public void The_migration_script_for_SQL_Server_parses_batch_by_batch(MigrationsSqlGenerationOptions options)
    {
        var script = Script(options);
        Assert.Equal([], TSql.Errors(script));
        Assert.True(TSql.Batches(script).Sum(b => b.Split("CREATE TABLE").Length - 1) >= 30);
        foreach (
            var table in new[]
            {
                "audit_entries",
                "case_steps",
                "round_steps",
                "exam_answers",
                "face_consents",
                "penalty_changes",
                "remarked_answers",
                "study_videos",
                "study_video_files",
                "study_video_parts",
            }
        )
        {
            Assert.Matches($"CREATE TRIGGER tr_{table}_append_only ON {table} INSTEAD OF UPDATE, DELETE", script);
        }
        Assert.Contains("CREATE TRIGGER tr_text_versions_frozen ON text_versions AFTER UPDATE, DELETE", script);
        Assert.Contains("CREATE TRIGGER tr_authorities_no_overlap ON authorities AFTER INSERT, UPDATE", script);
        Assert.Contains("CREATE TRIGGER tr_question_versions_frozen ON question_versions AFTER UPDATE, DELETE", script);
        Assert.Contains("CREATE TRIGGER tr_section_versions_frozen ON section_versions AFTER UPDATE, DELETE", script);
    }

    [Theory]
    [InlineData(MigrationsSqlGenerationOptions.Default)]
    [InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public void A_trigger_is_made_by_the_first_statement_of_its_batch(MigrationsSqlGenerationOptions options)
    {
        // The parser does not know this rule of the server: CREATE TRIGGER stands first in its batch, or inside EXEC.
        foreach (var batch in TSql.Batches(Script(options)).Where(b => b.Contains("CREATE TRIGGER")))
        {
            Assert.Matches(FirstOrExecuted(), batch);
        }
    }

    [Theory]
    [InlineData("[due_at] datetimeoffset NULL", "[due_at] datetimeoffset NUL")]
    [InlineData("CREATE UNIQUE INDEX", "CREATE UNIQUE INDX")]
    [InlineData("THROW 50001", "THROW 50001 50002")] // in EXEC
    public void A_broken_statement_is_refused_by_the_same_check(string good, string broken)
    {
        var script = Script(MigrationsSqlGenerationOptions.Default);
        Assert.Contains(good, script);
        Assert.NotEqual([], TSql.Errors(Occurrence(good).Replace(script, broken, 1)));

        static Regex Occurrence(string text) => new(Regex.Escape(text));
    }

    [Fact]
    public async Task The_one_hand_written_query_parses_for_SQL_Server_and_passes_over_locked_rows()
    {
        var commands = new List<string>();
        await using var offline = SqlServerTranslation.Offline(commands);
        var officer = new Actor(ActorKind.Staff, Guid.NewGuid(), "1", [Role.Reviewer], ["渝A", "渝B"], [1]);

        await NextFreeCase.LockAsync(offline, officer, TestPortal.Start, default);

        var sql = Assert.Single(commands);
        Assert.Equal([], TSql.Errors(sql));
        Assert.Contains("WITH (UPDLOCK, ROWLOCK, READPAST)", sql);
    }

    [Fact]
    public void The_query_check_refuses_what_SQL_Server_cannot_take()
    {
        // The planted fault: a query that only PostgreSQL can translate.
        using var db = new PostgreSqlPortalDb(
            SqlServerTranslation
                .Attach(new DbContextOptionsBuilder<PostgreSqlPortalDb>().UseNpgsql("Host=offline.invalid;Timeout=1"))
                .Options
        );
        var query = db.Cases.IgnoreAutoIncludes().Where(c => EF.Functions.ILike(c.Authority, "渝%")).Select(c => c.Id);
        Assert.Throws<SqlServerTranslationException>(() => SqlServerTranslation.Check(db, query));
    }

    private static string Script(MigrationsSqlGenerationOptions options)
    {
        using var db = SqlServerTranslation.Offline([]);
        return db.GetService<IMigrator>().GenerateScript(options: options);
    }

    private static PostgreSqlPortalDb PostgreSql() =>
        new(new DbContextOptionsBuilder<PostgreSqlPortalDb>().UseNpgsql("Host=offline.invalid").Options);

    private static IEnumerable<string> ConstraintsOf(PortalDb db)
    {
        foreach (var entity in db.GetService<IDesignTimeModel>().Model.GetEntityTypes())
        {
            var table = entity.GetTableName();
            foreach (var index in entity.GetIndexes().Where(i => i.IsUnique))
            {
                var filter = index.GetFilter()?.Replace("[", "").Replace("]", "");
                // An empty value is unique on SQL Server unless this is said; on PostgreSQL it never is.
                filter = index.Properties.Any(p => filter == $"{p.GetColumnName()} IS NOT NULL") ? null : filter;
                yield return $"{table}: {index.GetDatabaseName()}{(filter is null ? "" : $" WHERE {filter}")}";
            }
            foreach (var check in entity.GetCheckConstraints())
            {
                yield return $"{table}: {check.Name} CHECK {check.Sql}";
            }
            foreach (var trigger in entity.GetDeclaredTriggers())
            {
                yield return $"{table}: {trigger.ModelName}";
            }
            var key = entity.FindPrimaryKey()!;
            yield return $"{table}: {key.GetName()} ({string.Join(", ", key.Properties.Select(p => p.GetColumnName()))})";
        }
    }

    [GeneratedRegex(@"\A\s*CREATE TRIGGER|EXEC\w*\s*\(\s*N?'\s*CREATE TRIGGER")]
    private static partial Regex FirstOrExecuted();
}
