using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Data.Migrations;

/// <summary>
/// The triggers that make records append-only, whoever connects with the product's account: nothing in them is changed or
/// removed. Written by hand per engine; a change is a new migration, never an edit of this one.
/// </summary>
internal static class AppendOnly
{
    /// <summary>The tables of the first migration whose rows are records of what happened; later ones name theirs.</summary>
    public static readonly string[] Tables = ["audit_entries", "case_steps", "round_steps", "exam_answers"];

    public static void CreateForPostgreSql(MigrationBuilder migration)
    {
        migration.Sql(
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END $$;
            """
        );
        GuardOnPostgreSql(migration, Tables);
    }

    public static void GuardOnPostgreSql(MigrationBuilder migration, params IEnumerable<string> tables)
    {
        foreach (var table in tables)
        {
            migration.Sql(
                $"""
                CREATE TRIGGER tr_{table}_append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
                CREATE TRIGGER tr_{table}_no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
                """
            );
        }
    }

    public static void CreateForSqlServer(MigrationBuilder migration) => GuardOnSqlServer(migration, Tables);

    public static void GuardOnSqlServer(MigrationBuilder migration, params IEnumerable<string> tables)
    {
        foreach (var table in tables)
        {
            migration.Sql(
                // In EXEC: a trigger must be made by the first statement of its batch, which a script's transaction is.
                $"""
                EXEC(N'CREATE TRIGGER tr_{table}_append_only ON {table} INSTEAD OF UPDATE, DELETE AS
                BEGIN
                  THROW 50001, ''{table} is append-only'', 1;
                END;');
                """
            );
        }
    }

    public static void DropForPostgreSql(MigrationBuilder migration)
    {
        foreach (var table in Tables)
        {
            migration.Sql($"DROP TRIGGER tr_{table}_append_only ON {table}; DROP TRIGGER tr_{table}_no_truncate ON {table};");
        }
        migration.Sql("DROP FUNCTION refuse_change();");
    }

    public static void DropForSqlServer(MigrationBuilder migration)
    {
        foreach (var table in Tables)
        {
            migration.Sql($"DROP TRIGGER tr_{table}_append_only;");
        }
    }
}
