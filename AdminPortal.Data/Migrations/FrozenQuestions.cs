using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Data.Migrations;

/// <summary>
/// The triggers that hold what a question version says once it left its draft, whoever connects with the product's account: papers
/// name versions. A version is never removed, keeps its identity and its writer, and never comes back into use. Written by hand per
/// engine; a change is a new migration, never an edit of this one.
/// </summary>
internal static class FrozenQuestions
{
    private static readonly string[] Identity =
    [
        "id",
        "question_id",
        "version_number",
        "drafted_by_id",
        "drafted_by_key",
        "drafted_by_name",
    ];

    private static readonly string[] Content =
    [
        "question_type",
        "category",
        "article",
        "text",
        "wording",
        "options",
        "answer_key",
        "explanation",
        "difficulty",
    ];

    public static void GuardOnPostgreSql(MigrationBuilder migration)
    {
        migration.Sql(
            $"""
            CREATE FUNCTION refuse_question_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF TG_OP = 'UPDATE' THEN
                IF ({Row("old", Identity)}) IS NOT DISTINCT FROM ({Row("new", Identity)})
                  AND ((old.state = 'Draft' AND new.state = 'Draft')
                    OR ({Row("old", Content)}) IS NOT DISTINCT FROM ({Row("new", Content)}))
                  AND (old.state IN ('Draft', 'InReview')
                    OR new.state = old.state
                    OR (old.state = 'Published' AND new.state = 'Retired'))
                THEN
                  RETURN new;
                END IF;
              END IF;
              RAISE EXCEPTION 'question_versions is frozen' USING ERRCODE = 'restrict_violation';
            END $$;
            CREATE TRIGGER tr_question_versions_frozen BEFORE UPDATE OR DELETE ON question_versions
            FOR EACH ROW EXECUTE FUNCTION refuse_question_change();
            CREATE TRIGGER tr_question_versions_no_truncate BEFORE TRUNCATE ON question_versions
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_question_change();
            """
        );
    }

    public static void GuardOnSqlServer(MigrationBuilder migration)
    {
        migration.Sql(
            // In EXEC: a trigger must be made by the first statement of its batch, which a script's transaction is. Compared as
            // bytes: by its collation the server would take another case of a letter for the same.
            $"""
            EXEC(N'CREATE TRIGGER tr_question_versions_frozen ON question_versions AFTER UPDATE, DELETE AS
            BEGIN
              SET NOCOUNT ON;
              IF EXISTS (
                SELECT 1 FROM deleted AS o LEFT JOIN inserted AS n ON n.id = o.id
                WHERE n.id IS NULL
                  OR EXISTS (SELECT {Bytes("o", Identity)} EXCEPT SELECT {Bytes("n", Identity)})
                  OR (NOT (o.state = ''Draft'' AND n.state = ''Draft'')
                    AND EXISTS (SELECT {Bytes("o", Content)} EXCEPT SELECT {Bytes("n", Content)}))
                  OR (o.state IN (''Published'', ''Retired'') AND n.state <> o.state
                    AND NOT (o.state = ''Published'' AND n.state = ''Retired''))
              )
                THROW 50001, ''question_versions is frozen'', 1;
            END;');
            """
        );
    }

    public static void DropOnPostgreSql(MigrationBuilder migration) =>
        migration.Sql(
            "DROP TRIGGER tr_question_versions_frozen ON question_versions; "
                + "DROP TRIGGER tr_question_versions_no_truncate ON question_versions; "
                + "DROP FUNCTION refuse_question_change();"
        );

    public static void DropOnSqlServer(MigrationBuilder migration) =>
        migration.Sql("DROP TRIGGER tr_question_versions_frozen;");

    private static string Row(string of, string[] columns) =>
        string.Join(", ", columns.Select(column => $"{of}.{column}"));

    private static string Bytes(string of, string[] columns) =>
        string.Join(", ", columns.Select(column => $"CONVERT(varbinary(max), {of}.{column})"));
}
