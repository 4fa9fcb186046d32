using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Data.Migrations;

/// <summary>
/// The triggers that hold what a version of a study section says once it left its draft, whoever connects with the product's account:
/// a second person answers for it, and records of minutes name the section. A version is never removed, keeps its identity and its
/// writer, never comes back into use, and keeps since when it was. Written by hand per engine; a change is a new migration, never an
/// edit of this one.
/// </summary>
internal static class FrozenSections
{
    private static readonly string[] Identity =
    [
        "id",
        "section_id",
        "version_number",
        "drafted_by_id",
        "drafted_by_key",
        "drafted_by_name",
    ];

    private static readonly string[] Content =
    [
        "reading_order",
        "title",
        "text",
        "wording",
        "articles",
        "minutes",
        "video_id",
    ];

    public static void GuardOnPostgreSql(MigrationBuilder migration)
    {
        migration.Sql(
            $"""
            CREATE FUNCTION refuse_section_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF TG_OP = 'UPDATE' THEN
                IF ({Row("old", Identity)}) IS NOT DISTINCT FROM ({Row("new", Identity)})
                  AND ((old.state = 'Draft' AND new.state = 'Draft')
                    OR ({Row("old", Content)}) IS NOT DISTINCT FROM ({Row("new", Content)}))
                  AND (old.published_at IS NULL OR new.published_at = old.published_at)
                  AND (old.state IN ('Draft', 'InReview')
                    OR new.state = old.state
                    OR (old.state = 'Published' AND new.state = 'Retired'))
                THEN
                  RETURN new;
                END IF;
              END IF;
              RAISE EXCEPTION 'section_versions is frozen' USING ERRCODE = 'restrict_violation';
            END $$;
            CREATE TRIGGER tr_section_versions_frozen BEFORE UPDATE OR DELETE ON section_versions
            FOR EACH ROW EXECUTE FUNCTION refuse_section_change();
            CREATE TRIGGER tr_section_versions_no_truncate BEFORE TRUNCATE ON section_versions
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_section_change();
            """
        );
    }

    public static void GuardOnSqlServer(MigrationBuilder migration)
    {
        migration.Sql(
            // In EXEC: a trigger must be made by the first statement of its batch. Compared as bytes: by its collation the server
            // would take another case of a letter for the same.
            $"""
            EXEC(N'CREATE TRIGGER tr_section_versions_frozen ON section_versions AFTER UPDATE, DELETE AS
            BEGIN
              SET NOCOUNT ON;
              IF EXISTS (
                SELECT 1 FROM deleted AS o LEFT JOIN inserted AS n ON n.id = o.id
                WHERE n.id IS NULL
                  OR EXISTS (SELECT {Bytes("o", Identity)} EXCEPT SELECT {Bytes("n", Identity)})
                  OR (NOT (o.state = ''Draft'' AND n.state = ''Draft'')
                    AND EXISTS (SELECT {Bytes("o", Content)} EXCEPT SELECT {Bytes("n", Content)}))
                  OR (o.published_at IS NOT NULL AND (n.published_at IS NULL OR n.published_at <> o.published_at))
                  OR (o.state IN (''Published'', ''Retired'') AND n.state <> o.state
                    AND NOT (o.state = ''Published'' AND n.state = ''Retired''))
              )
                THROW 50001, ''section_versions is frozen'', 1;
            END;');
            """
        );
    }

    public static void DropOnPostgreSql(MigrationBuilder migration) =>
        migration.Sql(
            "DROP TRIGGER tr_section_versions_frozen ON section_versions; "
                + "DROP TRIGGER tr_section_versions_no_truncate ON section_versions; "
                + "DROP FUNCTION refuse_section_change();"
        );

    public static void DropOnSqlServer(MigrationBuilder migration) =>
        migration.Sql("DROP TRIGGER tr_section_versions_frozen;");

    private static string Row(string of, string[] columns) =>
        string.Join(", ", columns.Select(column => $"{of}.{column}"));

    private static string Bytes(string of, string[] columns) =>
        string.Join(", ", columns.Select(column => $"CONVERT(varbinary(max), {of}.{column})"));
}
