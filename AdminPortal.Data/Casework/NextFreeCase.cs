using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Casework;

/// <summary>
/// Finds and locks the case that is due first among those nobody holds, passing over rows another officer is just taking, so
/// that officers who press the key at the same moment never wait for each other or get the same case. The only hand-written
/// query of the product: LINQ has no word for skipping locked rows.
/// </summary>
internal static class NextFreeCase
{
    /// <summary>The id of the locked case, or null when none is free. The lock lasts until the transaction ends.</summary>
    public static async Task<Guid?> LockAsync(PortalDb db, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var sql = db.Database.IsNpgsql() ? PostgreSql(actor, now) : SqlServer(actor, now);
        var found = await db.Database.SqlQuery<Guid>(sql).ToListAsync(ct);
        return found.Count > 0 ? found[0] : null;
    }

    private static FormattableString PostgreSql(Actor actor, DateTimeOffset now) =>
        $"""
            SELECT c.id AS "Value" FROM cases AS c
            WHERE c.decided_at IS NULL
              AND c.authority = ANY ({actor.Authorities.ToArray()})
              AND (c.state = 'Waiting' OR c.lease_until <= {now})
              AND NOT EXISTS (SELECT 1 FROM drivers AS d WHERE d.id = c.driver_id AND d.id_number_key = {PersonKey(
                actor
            )})
              AND (c.proposed_by_id IS NULL OR ({MayConfirm(actor)} AND c.proposed_by_id <> {actor.Id}))
              AND (c.escalated_at IS NULL OR {MayWorkEscalated(actor)})
              AND (c.evidence_asked_at IS NULL OR c.evidence_given_at IS NOT NULL OR c.evidence_until <= {now})
            ORDER BY c.due_at IS NOT NULL, c.due_at, c.kind = 'Lead', c.id
            LIMIT 1 FOR UPDATE OF c SKIP LOCKED
            """;

    private static FormattableString SqlServer(Actor actor, DateTimeOffset now) =>
        $"""
            SELECT TOP (1) c.id AS [Value] FROM cases AS c WITH (UPDLOCK, ROWLOCK, READPAST)
            WHERE c.decided_at IS NULL
              AND c.authority IN (SELECT value FROM STRING_SPLIT({string.Join(',', actor.Authorities)}, ','))
              AND (c.state = 'Waiting' OR c.lease_until <= {now})
              AND NOT EXISTS (SELECT 1 FROM drivers AS d WHERE d.id = c.driver_id AND d.id_number_key = {PersonKey(
                actor
            )})
              AND (c.proposed_by_id IS NULL OR ({MayConfirm(actor)} = CAST(1 AS bit) AND c.proposed_by_id <> {actor.Id}))
              AND (c.escalated_at IS NULL OR {MayWorkEscalated(actor)} = CAST(1 AS bit))
              AND (c.evidence_asked_at IS NULL OR c.evidence_given_at IS NOT NULL OR c.evidence_until <= {now})
            ORDER BY CASE WHEN c.due_at IS NULL THEN 0 ELSE 1 END, c.due_at, CASE WHEN c.kind = 'Lead' THEN 1 ELSE 0 END, c.id
            """;

    // What one officer proposed waits for another one who may confirm it; to anybody else it would only be in the way.
    private static bool MayConfirm(Actor actor) => actor.May(Permission.ConfirmBlacklisting);

    private static bool MayWorkEscalated(Actor actor) => actor.May(Permission.WorkEscalated);

    // An officer whose own number is unknown matches nobody: no key is empty.
    private static byte[] PersonKey(Actor actor) => actor.PersonKey ?? [];
}
