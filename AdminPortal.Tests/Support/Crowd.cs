using Npgsql;

namespace AdminPortal.Tests.Support;

/// <summary>How many there are of what.</summary>
/// <param name="Open">Of the cases; all others are decided.</param>
/// <param name="Others">Attendances and blacklist entries, so many of each; of outages too, but 3,000 at most.</param>
/// <param name="Days">Over how many days they came, up to now.</param>
public sealed record CrowdSize(int Cases, int Open, int Rounds, int Others, int Days);

/// <summary>
/// A database as it looks after years: a great many cases and rounds of ten authorities, few of them open. Written by the database
/// itself, without the acts in between and without what belongs to a round or a case besides its windows: for plans and times of
/// lists only, nothing of it can be opened and read. The benchmark of the officers' pages uses it as well.
/// </summary>
public static class Crowd
{
    /// <summary>Those of the ten authorities that a test's officers answer for.</summary>
    public static IReadOnlyList<string> Authorities { get; } = ["渝A", "渝B", "渝C"];

    /// <summary>Fills a database that has its tables; as a superuser, because triggers and foreign keys are passed over.</summary>
    /// <param name="now">Until when everything came.</param>
    public static async Task FillAsync(string connectionString, CrowdSize size, DateTimeOffset now)
    {
        // Its own connection: what is set for it must not come back from a pool.
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString
        );
        await connection.OpenAsync();
        await using (var sizes = connection.CreateCommand())
        {
            sizes.CommandText = """
                CREATE TEMP TABLE crowd AS SELECT $1::bigint AS cases, $2::bigint AS open_cases, $3::bigint AS rounds,
                  greatest($3::bigint / 100, 100) AS open_rounds, greatest($1::bigint / 4, 1000) AS drivers, $4::bigint AS others,
                  least($4::bigint, 3000) AS outages, $5::int * interval '1 day' AS span, $6::timestamptz AS now
                """;
            foreach (var value in new object[] { size.Cases, size.Open, size.Rounds, size.Others, size.Days, now })
            {
                sizes.Parameters.Add(new NpgsqlParameter { Value = value });
            }
            await sizes.ExecuteNonQueryAsync();
        }
        await using var fill = connection.CreateCommand();
        fill.CommandText = Sql;
        await fill.ExecuteNonQueryAsync();
    }

    private const string Sql = """
        SET session_replication_role = replica;
        SET synchronous_commit = off;

        CREATE FUNCTION pg_temp.timely(at timestamptz, salt text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
          SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(salt), 1, 3) || '8' || substr(md5(salt), 4, 15))::uuid
        $$;

        INSERT INTO drivers (id, id_number, id_number_key, name, name_key, mobile, prefers_english)
        SELECT md5('driver ' || i)::uuid, '\x00', sha256(('number ' || i)::bytea), '\x00', sha256(('name ' || i)::bytea), '\x00', false
        FROM crowd, generate_series(0, crowd.drivers - 1) AS i;

        INSERT INTO rounds
          (id, driver_id, authority, scheme_id, scheme_from, cycle_start, reset_on, opened_at, state, void_reason, attempts_used,
           studied_seconds, snapshot_at_second, id_photos_filed, version)
        SELECT pg_temp.timely(opened_at, 'round ' || i), md5('driver ' || i % drivers)::uuid, '渝' || chr(65 + (i * 7 % 10)::int), 'S1',
          '2021-09-10', opened_at::date - 200, CASE WHEN is_open THEN now::date + 100 ELSE opened_at::date + 165 END, opened_at,
          CASE WHEN is_open THEN (ARRAY['Studying', 'Studying', 'ExamOpen', 'ResitOpen', 'UnderReview'])[1 + i % 5]
            WHEN i % 5 = 0 THEN 'Void' ELSE 'Reduced' END,
          CASE WHEN NOT is_open AND i % 5 = 0 THEN 'StudyWindowEnded' END, 1, 1800, 900, 0, 5
        FROM (
          SELECT crowd.*, i, i > rounds - open_rounds AS is_open, now - (rounds - i + 1) * (span / rounds) AS opened_at
          FROM crowd, generate_series(1, crowd.rounds) AS i
        ) AS round;

        INSERT INTO round_deadlines (round_id, number, kind, runs_from, expires_at, last_day, rule, closed_at, lost_seconds)
        SELECT r.id, 1, CASE r.state WHEN 'ExamOpen' THEN 'Exam' WHEN 'ResitOpen' THEN 'Resit' ELSE 'Study' END, r.opened_at,
          CASE WHEN r.reset_on > crowd.now::date THEN crowd.now + (r.version + abs(hashtext(r.id::text)) % 5000 - 40) * interval '2 minutes'
            ELSE r.opened_at + interval '5 days' END,
          r.opened_at::date + 5, 'S1-23',
          CASE WHEN r.state IN ('Reduced', 'Void') THEN r.opened_at + interval '2 days' END, 0
        FROM rounds AS r, crowd
        WHERE r.state <> 'UnderReview';

        INSERT INTO cases
          (id, number, kind, authority, driver_id, subject_id, opened_at, due_at, due_on, awaiting_year, provisional_on, due_rule, term_count,
           term_unit, state, holder_id, holder_name, lease_until, decided_at, decider_id, evidence_asked_at, evidence_until, escalated_at,
           opinion_asked_at, version)
        SELECT id, upper(right(id::text, 8)), kind, '渝' || chr(65 + (i * 7 % 10)::int), md5('driver ' || i * 13 % drivers)::uuid,
          pg_temp.timely(opened_at, 'subject ' || i), opened_at,
          CASE WHEN NOT awaited THEN due_at END, CASE WHEN NOT awaited THEN due_at::date END,
          CASE WHEN awaited THEN extract(year FROM now)::int + 1 END, CASE WHEN awaited THEN due_at::date END, 'S1-38', 3, 'WorkingDays',
          CASE WHEN NOT is_open THEN CASE WHEN kind = 'Appeal' OR i % 3 = 0 THEN 'Rejected' ELSE 'Upheld' END
            WHEN is_held THEN 'Claimed' ELSE 'Waiting' END,
          CASE WHEN NOT is_open OR is_held THEN md5('officer ' || i % 40)::uuid END, CASE WHEN NOT is_open OR is_held THEN '9' || 10000 + i % 40 END,
          CASE WHEN is_open AND is_held THEN now + (i % 35 - 5) * interval '1 minute' END,
          CASE WHEN NOT is_open THEN least(opened_at + (1 + i % 60) * interval '1 hour', now - interval '1 minute') END,
          CASE WHEN NOT is_open THEN md5('officer ' || i % 40)::uuid END,
          CASE WHEN is_open AND i % 30 = 7 THEN opened_at + interval '1 hour' END, CASE WHEN is_open AND i % 30 = 7 THEN now + interval '5 hours' END,
          CASE WHEN is_open AND i % 25 = 3 THEN now - interval '1 hour' END, CASE WHEN is_open AND is_held AND i % 3 = 0 THEN now - interval '1 hour' END, 3
        FROM (
          SELECT base.*, pg_temp.timely(opened_at, 'case ' || i) AS id, opened_at + interval '3 days' AS due_at,
            is_open AND i % 40 = 11 AS awaited, i % 5 = 0 AS is_held,
            CASE WHEN i % 100 < 70 THEN 'ExamReview' WHEN i % 100 < 80 THEN 'StudyReview' WHEN i % 100 < 89 THEN 'IdPhoto'
              WHEN i % 100 < 90 THEN 'Appeal' WHEN i % 100 < 98 THEN 'Feedback' ELSE 'Lead' END AS kind
          FROM (
            SELECT crowd.*, i, now - (cases - i + 1) * (span / cases) AS opened_at,
              -- Most of what is open is young; a tenth of it is old.
              i > cases - open_cases * 9 / 10 OR i % (cases * 10 / open_cases) = 0 AS is_open
            FROM crowd, generate_series(1, crowd.cases) AS i
          ) AS base
        ) AS c;

        INSERT INTO leads (id, kind, subject_id, driver_id, authority, round_id, evidence, found_at, case_id)
        SELECT c.id, 'SharedDevice', c.subject_id, c.driver_id, c.authority, NULL, '{"Figures":[],"Traces":[]}', c.opened_at, c.id
        FROM cases AS c WHERE c.kind = 'Lead';

        INSERT INTO feedback_tickets (case_id, driver_id, form_key, ticket_number, kind, text, filed_at)
        SELECT id, driver_id, id, 'FK' || to_char(opened_at AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD') || '-'
          || lpad((row_number() OVER (ORDER BY opened_at, id) % 1000000)::text, 6, '0'), 'PolicyQuestion', '\x00', opened_at
        FROM cases WHERE kind = 'Feedback';

        INSERT INTO attendances
          (id, driver_id, authority, kind, scheme_id, scheme_from, held_on, minutes, place, exam_passed, state, points, decline_reason,
           recorded_at, recorded_by_id, recorded_by_name, checked_at, checked_by_id, checked_by_name, version)
        SELECT pg_temp.timely(at, 'attendance ' || i), md5('driver ' || i % drivers)::uuid, '渝' || chr(65 + (i * 7 % 10)::int), 'OnSite', 'N',
          '2022-04-01', at::date, 60, '车管所', true, state, CASE WHEN state = 'Confirmed' THEN 1 END, CASE WHEN state = 'Declined' THEN '名单有误。' END,
          at, md5('officer 1')::uuid, '910001', CASE WHEN state <> 'Recorded' THEN at + interval '1 hour' END,
          CASE WHEN state <> 'Recorded' THEN md5('officer 2')::uuid END, CASE WHEN state <> 'Recorded' THEN '910002' END, 1
        FROM (
          SELECT crowd.*, i, now - (others - i + 1) * (span / others) AS at,
            CASE WHEN i > others - 200 AND i % 2 = 0 THEN 'Recorded' WHEN i % 50 = 0 THEN 'Declined' ELSE 'Confirmed' END AS state
          FROM crowd, generate_series(1, crowd.others) AS i
        ) AS a;

        INSERT INTO blacklist_entries
          (id, driver_id, authority, ground, description, state, proposed_at, proposed_by_id, proposed_by_name, checked_at, checked_by_id,
           checked_by_name, decline_reason, out_of_scheme_until, off_online_until, version)
        SELECT pg_temp.timely(at, 'entry ' || i), md5('driver ' || i % drivers)::uuid, '渝' || chr(65 + (i * 7 % 10)::int), 'Impersonation', '替学。',
          state, at, md5('officer 1')::uuid, '910001', CASE WHEN state <> 'Proposed' THEN at + interval '1 hour' END,
          CASE WHEN state <> 'Proposed' THEN md5('officer 2')::uuid END, CASE WHEN state <> 'Proposed' THEN '910002' END,
          CASE WHEN state = 'Declined' THEN '证据不足。' END, CASE WHEN state = 'InForce' THEN at::date + 1000 END,
          CASE WHEN state = 'InForce' THEN at::date + 1000 END, 1
        FROM (
          SELECT crowd.*, i, now - (others - i + 1) * (span / others) AS at,
            CASE WHEN i > others - 200 AND i % 2 = 0 THEN 'Proposed' WHEN i % 50 = 0 THEN 'Declined' ELSE 'InForce' END AS state
          FROM crowd, generate_series(1, crowd.others) AS i
        ) AS e;

        INSERT INTO outages
          (id, part, begins_at, ends_at, reason, state, declared_at, declared_by_id, declared_by_name, checked_at, checked_by_id,
           checked_by_name, decline_reason, completed_at, version)
        SELECT pg_temp.timely(at, 'outage ' || i), 'Everything', at - interval '2 hours', at - interval '1 hour', '机房断电。', state, at,
          md5('officer 1')::uuid, '910001', CASE WHEN state <> 'Declared' THEN at + interval '1 hour' END,
          CASE WHEN state <> 'Declared' THEN md5('officer 2')::uuid END, CASE WHEN state <> 'Declared' THEN '910002' END,
          CASE WHEN state = 'Declined' THEN '并未中断。' END, CASE WHEN state = 'Confirmed' THEN at + interval '2 hours' END, 1
        FROM (
          SELECT crowd.*, i, now - (outages - i + 1) * (span / outages) AS at,
            CASE WHEN i > outages - 200 AND i % 2 = 0 THEN 'Declared' WHEN i % 50 = 0 THEN 'Declined' ELSE 'Confirmed' END AS state
          FROM crowd, generate_series(1, crowd.outages) AS i
        ) AS o;

        INSERT INTO outage_authorities (outage_id, authority)
        SELECT id, '渝' || chr(65 + abs(hashtext(id::text)) % 10) FROM outages;

        SET session_replication_role = origin;
        ANALYZE;
        """;
}
