using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Data.Migrations;

/// <summary>
/// The trigger that keeps the periods of an authority apart, whoever writes them: a day with two schemes would be a round under
/// either. Written by hand per engine; a change is a new migration, never an edit of this one. On PostgreSQL whoever writes for
/// an authority waits for the other there, and then sees what the other wrote (an exclusion constraint would need an extension
/// that not every installation may create); on SQL Server the read waits for the other's lock, or one of the two is the victim
/// of a deadlock and runs again.
/// </summary>
internal static class AuthorityPeriods
{
    /// <summary>What the trigger throws on SQL Server, to be told from other faults.</summary>
    public const int SqlServerError = 50_002;

    /// <summary>
    /// First of all: files of before could bring periods that run into the next one. Each ends the day before the next begins, as
    /// the product reads them already: what began last is in force.
    /// </summary>
    public static void EndOnPostgreSql(MigrationBuilder migration) =>
        migration.Sql(
            """
            UPDATE authorities AS a SET valid_to = n.next_from - 1
            FROM (
              SELECT authority, valid_from, lead(valid_from) OVER (PARTITION BY authority ORDER BY valid_from) AS next_from
              FROM authorities
            ) AS n
            WHERE n.authority = a.authority AND n.valid_from = a.valid_from
              AND n.next_from <= COALESCE(a.valid_to, 'infinity'::date);
            """
        );

    /// <inheritdoc cref="EndOnPostgreSql"/>
    public static void EndOnSqlServer(MigrationBuilder migration) =>
        migration.Sql(
            """
            WITH n AS (
              SELECT valid_to, LEAD(valid_from) OVER (PARTITION BY authority ORDER BY valid_from) AS next_from FROM authorities
            )
            UPDATE n SET valid_to = DATEADD(day, -1, next_from)
            WHERE next_from <= COALESCE(valid_to, '9999-12-31');
            """
        );

    public static void GuardOnPostgreSql(MigrationBuilder migration) =>
        migration.Sql(
            """
            CREATE FUNCTION refuse_authority_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM pg_advisory_xact_lock(hashtext('authorities'), hashtext(new.authority));
              IF EXISTS (
                SELECT 1 FROM authorities AS a
                WHERE a.authority = new.authority
                  AND a.valid_from <> new.valid_from
                  AND a.valid_from <= COALESCE(new.valid_to, 'infinity'::date)
                  AND COALESCE(a.valid_to, 'infinity'::date) >= new.valid_from
              ) THEN
                RAISE EXCEPTION 'periods of authority % overlap', new.authority USING ERRCODE = 'exclusion_violation';
              END IF;
              RETURN new;
            END $$;
            CREATE TRIGGER tr_authorities_no_overlap BEFORE INSERT OR UPDATE ON authorities
            FOR EACH ROW EXECUTE FUNCTION refuse_authority_overlap();
            """
        );

    public static void GuardOnSqlServer(MigrationBuilder migration) =>
        migration.Sql(
            // In EXEC: a trigger must be made by the first statement of its batch, which a script's transaction is.
            """
            EXEC(N'CREATE TRIGGER tr_authorities_no_overlap ON authorities AFTER INSERT, UPDATE AS
            BEGIN
              SET NOCOUNT ON;
              IF EXISTS (
                SELECT 1 FROM inserted AS n
                JOIN authorities AS a WITH (READCOMMITTEDLOCK) ON a.authority = n.authority
                WHERE a.valid_from <> n.valid_from
                  AND a.valid_from <= COALESCE(n.valid_to, ''9999-12-31'')
                  AND COALESCE(a.valid_to, ''9999-12-31'') >= n.valid_from
              )
                THROW 50002, ''periods of an authority overlap'', 1;
            END;');
            """
        );

    public static void DropOnPostgreSql(MigrationBuilder migration) =>
        migration.Sql(
            "DROP TRIGGER tr_authorities_no_overlap ON authorities; DROP FUNCTION refuse_authority_overlap();"
        );

    public static void DropOnSqlServer(MigrationBuilder migration) =>
        migration.Sql("DROP TRIGGER tr_authorities_no_overlap;");
}
