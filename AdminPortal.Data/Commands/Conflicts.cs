using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AdminPortal.Data.Commands;

/// <summary>Tells a lost race (worth a second look at the data) from a fault.</summary>
internal static class Conflicts
{
    /// <summary>
    /// True for a stale version, a unique index, overlapping periods (a trigger of ours), a deadlock or a serialisation failure of
    /// either engine.
    /// </summary>
    public static bool IsConflict(Exception exception) =>
        exception is DbUpdateConcurrencyException
        || IsConflictOf(exception)
        || (exception.InnerException is { } inner && IsConflictOf(inner));

    private static bool IsConflictOf(Exception exception) =>
        exception switch
        {
            PostgresException { SqlState: "23505" or "23P01" or "40001" or "40P01" } => true,
            SqlException { Number: 2601 or 2627 or 1205 or Migrations.AuthorityPeriods.SqlServerError } => true,
            _ => false,
        };
}
