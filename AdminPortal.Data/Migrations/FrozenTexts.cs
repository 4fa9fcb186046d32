using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Data.Migrations;

/// <summary>
/// The triggers that hold what a version of a text says once it left its draft, whoever connects with the product's account:
/// drivers accepted it, messages were sent with it. A draft keeps its identity and its writer; a version that was published or
/// discarded never changes again and none is removed. Written by hand per engine; a change is a new migration, never an edit of
/// this one.
/// </summary>
internal static class FrozenTexts
{
    private static readonly string[] Identity =
    [
        "id",
        "kind",
        "name",
        "version_number",
        "drafted_by_id",
        "drafted_by_key",
        "drafted_by_name",
    ];

    private static readonly string[] Content = ["zh", "en"];

    public static void GuardOnPostgreSql(MigrationBuilder migration) =>
        migration.Sql(
            $"""
            CREATE FUNCTION refuse_text_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF TG_OP = 'UPDATE' THEN
                IF old.state = 'Draft'
                  AND ({Row("old", Identity)}) IS NOT DISTINCT FROM ({Row("new", Identity)})
                  AND (new.state = 'Draft' OR ({Row("old", Content)}) IS NOT DISTINCT FROM ({Row("new", Content)}))
                THEN
                  RETURN new;
                END IF;
              END IF;
              RAISE EXCEPTION 'text_versions is frozen' USING ERRCODE = 'restrict_violation';
            END $$;
            CREATE TRIGGER tr_text_versions_frozen BEFORE UPDATE OR DELETE ON text_versions
            FOR EACH ROW EXECUTE FUNCTION refuse_text_change();
            CREATE TRIGGER tr_text_versions_no_truncate BEFORE TRUNCATE ON text_versions
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_text_change();
            """
        );

    public static void GuardOnSqlServer(MigrationBuilder migration) =>
        migration.Sql(
            // In EXEC: a trigger must be made by the first statement of its batch, which a script's transaction is. Compared as
            // bytes: by its collation the server would take another case of a letter for the same.
            $"""
            EXEC(N'CREATE TRIGGER tr_text_versions_frozen ON text_versions AFTER UPDATE, DELETE AS
            BEGIN
              SET NOCOUNT ON;
              IF EXISTS (
                SELECT 1 FROM deleted AS o LEFT JOIN inserted AS n ON n.id = o.id
                WHERE n.id IS NULL
                  OR o.state <> ''Draft''
                  OR EXISTS (SELECT {Bytes("o", Identity)} EXCEPT SELECT {Bytes("n", Identity)})
                  OR (n.state <> ''Draft''
                    AND EXISTS (SELECT {Bytes("o", Content)} EXCEPT SELECT {Bytes("n", Content)}))
              )
                THROW 50001, ''text_versions is frozen'', 1;
            END;');
            """
        );

    public static void DropOnPostgreSql(MigrationBuilder migration) =>
        migration.Sql(
            "DROP TRIGGER tr_text_versions_frozen ON text_versions; "
                + "DROP TRIGGER tr_text_versions_no_truncate ON text_versions; "
                + "DROP FUNCTION refuse_text_change();"
        );

    public static void DropOnSqlServer(MigrationBuilder migration) =>
        migration.Sql("DROP TRIGGER tr_text_versions_frozen;");

    private static string Row(string of, string[] columns) =>
        string.Join(", ", columns.Select(column => $"{of}.{column}"));

    private static string Bytes(string of, string[] columns) =>
        string.Join(", ", columns.Select(column => $"CONVERT(varbinary(max), {of}.{column})"));
}
