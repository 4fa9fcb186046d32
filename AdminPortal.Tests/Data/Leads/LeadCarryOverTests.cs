using AdminPortal.Data;
using AdminPortal.Domain.Casework;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Tests.Data.Leads;

/// <summary>What officers closed before leads were cases becomes cases with the same words, person and instant.</summary>
public sealed class LeadCarryOverTests
{
    private const string Driver = "d0000000-0000-0000-0000-000000000001";
    private const string Open = "10000000-0000-0000-0000-0000000000a1";
    private const string Dismissed = "10000000-0000-0000-0000-0000000000a2";
    private const string Proposed = "10000000-0000-0000-0000-0000000000a3";
    private const string Officer = "f0000000-0000-0000-0000-000000000001";

    private const string Evidence = "{\"Figures\":[],\"Traces\":[]}";

    private static readonly string Before = $"""
        SET session_replication_role = replica;
        INSERT INTO drivers (id, id_number, id_number_key, name, name_key, mobile, prefers_english)
        VALUES ('{Driver}', '\\x00', '\\x01', '\\x00', '\\x01', '\\x00', false);
        INSERT INTO leads
          (id, kind, subject_id, driver_id, authority, evidence, found_at, state, entry_id, closed_by_id, closed_by_name, closed_at,
           reason, version)
        SELECT id::uuid, 'SharedDevice', gen_random_uuid(), '{Driver}', '渝A', '{Evidence}', '2026-03-04 02:00Z', state, entry,
          CASE WHEN state <> 'Open' THEN '{Officer}'::uuid END, CASE WHEN state <> 'Open' THEN '100001' END,
          CASE WHEN state <> 'Open' THEN '2026-03-05 03:00Z'::timestamptz END, reason, 1
        FROM (VALUES
          ('{Open}', 'Open', NULL::uuid, NULL), ('{Dismissed}', 'Dismissed', NULL, '家人共用。'),
          ('{Proposed}', 'LedToProposal', '{Officer}'::uuid, NULL)) AS l (id, state, entry, reason);
        INSERT INTO blacklist_entries
          (id, driver_id, authority, ground, description, state, proposed_at, proposed_by_id, proposed_by_name, version)
        VALUES ('{Officer}', '{Driver}', '渝A', 'Proxy', '他人代为学习。', 'Proposed', '2026-03-05 03:00Z', '{Officer}', '100001', 1);
        SET session_replication_role = origin;
        """;

    [Fact]
    public async Task Closed_leads_become_decided_cases_and_open_ones_wait_for_the_job()
    {
        await using var database = await TestPostgres.NewEmptyDatabaseAsync();
        await using var db = new PortalDbFactory(Engine.PostgreSql, database.ConnectionString).CreateDbContext();
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("ExportRowsAsked");
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync(Before.Replace("{", "{{").Replace("}", "}}"));
        await migrator.MigrateAsync();

        var cases = await db.Cases.AsNoTracking().ToDictionaryAsync(c => $"{c.Id}");
        Assert.Equal([Dismissed, Proposed], cases.Keys.Order());
        Assert.Equal(
            [null, Dismissed, Proposed],
            await db
                .Leads.OrderBy(l => l.Id)
                .Select(l => l.CaseId)
                .Select(id => id == null ? null : $"{id}")
                .ToListAsync()
        );
        foreach (
            var (id, state, act, words) in new[]
            {
                (Dismissed, CaseState.Rejected, CaseAct.Reject, "家人共用。"),
                (Proposed, CaseState.Upheld, CaseAct.Uphold, "他人代为学习。"),
            }
        )
        {
            var closed = cases[id];
            Assert.Equal((CaseKind.Lead, state, Guid.Parse(Officer)), (closed.Kind, closed.State, closed.DeciderId));
            Assert.Equal((id[^8..].ToUpperInvariant(), 3), (closed.Number, closed.Version));
            Assert.Equal(TestClock.China(2026, 3, 5, 11), closed.DecidedAt);
            Assert.Equal((new DateOnly(2026, 3, 18), TestClock.China(2026, 3, 19)), (closed.DueOn, closed.DueAt));
            var steps = closed.Steps.OrderBy(s => s.Number).ToList();
            Assert.Equal([CaseAct.Open, CaseAct.Claim, act], steps.Select(s => s.Act));
            Assert.Equal((words, "100001", state), (steps[2].Note, steps[2].ByName, steps[2].To));
        }
    }
}
