using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Data.Migrations;

/// <summary>
/// Carries leads that were closed before leads were cases over into cases with their steps, so that who closed them stands in one
/// place. What is open gets its case from the job, which knows the calendar. Written by hand per engine.
/// <para>
/// A lead that was closed had no due time. The row must have one: fourteen natural days, which ten working days are without a
/// holiday, under the target's id. Claimed and closed at one instant, because nobody could claim it before.
/// </para>
/// </summary>
internal static class LeadCarryOver
{
    private const string Connection =
        "UPDATE leads SET case_id = id WHERE EXISTS (SELECT 1 FROM cases AS c WHERE c.id = leads.id)";

    private const string Columns =
        "id, kind, authority, driver_id, subject_id, opened_at, due_rule, term_count, term_unit, state, holder_id, holder_name, "
        + "decided_at, decider_id, version, number, due_on, due_at";

    private const string Values =
        "l.id, 'Lead', l.authority, l.driver_id, l.id, l.found_at, 'D-LEAD-TARGET', 14, 'NaturalDays', "
        + "CASE l.state WHEN 'Dismissed' THEN 'Rejected' ELSE 'Upheld' END, l.closed_by_id, l.closed_by_name, l.closed_at, "
        + "l.closed_by_id, 3";

    // A bare NULL would be a number to SQL Server.
    private const string Nothing = "CAST(NULL AS varchar(1000))";

    /// <summary>First of all: before the columns of the closing go.</summary>
    public static void CarryOverOnPostgreSql(MigrationBuilder migration) =>
        migration.Sql(
            $"""
            INSERT INTO cases ({Columns})
            SELECT {Values}, upper(right(replace(l.id::text, '-', ''), 8)), d.last_on,
              (d.last_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
            FROM leads AS l CROSS JOIN LATERAL (SELECT (l.found_at AT TIME ZONE 'Asia/Shanghai')::date + 14 AS last_on) AS d
            WHERE l.state <> 'Open';
            {Steps("uuid")}
            """
        );

    /// <inheritdoc cref="CarryOverOnPostgreSql"/>
    public static void CarryOverOnSqlServer(MigrationBuilder migration) =>
        migration.Sql(
            Executed(
                $"""
                INSERT INTO cases ({Columns})
                SELECT {Values}, UPPER(RIGHT(CONVERT(char(36), l.id), 8)), d.last_on,
                  SWITCHOFFSET(TODATETIMEOFFSET(CAST(DATEADD(day, 1, d.last_on) AS datetime2), '+08:00'), '+00:00')
                FROM leads AS l
                CROSS APPLY (SELECT DATEADD(day, 14, CAST(SWITCHOFFSET(l.found_at, '+08:00') AS date)) AS last_on) AS d
                WHERE l.state <> 'Open';
                {Steps("uniqueidentifier")}
                """
            )
        );

    /// <summary>Once the column of the case is there.</summary>
    public static void ConnectOnPostgreSql(MigrationBuilder migration) => migration.Sql($"{Connection};");

    /// <inheritdoc cref="ConnectOnPostgreSql"/>
    public static void ConnectOnSqlServer(MigrationBuilder migration) => migration.Sql(Executed(Connection));

    private static string Steps(string idType) =>
        $"""
            INSERT INTO case_steps (case_id, number, from_state, act, to_state, happened_at, by_kind, by_id, by_name, note)
            SELECT l.id, 1, {Nothing}, 'Open', 'Waiting', l.found_at, 'System', CAST('{Guid.Empty}' AS {idType}), 'system', {Nothing}
            FROM leads AS l WHERE l.state <> 'Open'
            UNION ALL
            SELECT l.id, 2, 'Waiting', 'Claim', 'Claimed', l.closed_at, 'Staff', l.closed_by_id, l.closed_by_name, {Nothing}
            FROM leads AS l WHERE l.state <> 'Open'
            UNION ALL
            SELECT l.id, 3, 'Claimed', CASE l.state WHEN 'Dismissed' THEN 'Reject' ELSE 'Uphold' END,
              CASE l.state WHEN 'Dismissed' THEN 'Rejected' ELSE 'Upheld' END, l.closed_at, 'Staff', l.closed_by_id,
              l.closed_by_name, COALESCE(l.reason, e.description)
            FROM leads AS l LEFT JOIN blacklist_entries AS e ON e.id = l.entry_id WHERE l.state <> 'Open';
            """;

    // In a script that is run again the columns are gone, or not there yet, and its batch must still compile.
    private static string Executed(string sql) => $"EXEC(N'{sql.Replace("'", "''", StringComparison.Ordinal)}');";
}
