using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using AdminPortal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace AdminPortal.Tests.Support;

/// <summary>One step of a plan that read a table, with what it really read.</summary>
/// <param name="Kind">Such as Index Scan, Bitmap Heap Scan or Seq Scan.</param>
/// <param name="Rows">Rows of the table that were looked at, over all turns: those that were passed over as well.</param>
public sealed record TableRead(string Kind, string Table, string? Index, double Rows);

/// <summary>How PostgreSQL ran a statement of the product.</summary>
/// <param name="Rows">How many rows came of it.</param>
public sealed record StatementPlan(string Sql, double Rows, IReadOnlyList<TableRead> Reads)
{
    public override string ToString() => $"{string.Join('\n', Reads)}\n{Sql}";
}

/// <summary>
/// Keeps the queries that the product really sends, with their values, and has PostgreSQL run them once more to tell how: in a
/// transaction that is rolled back, so that nothing changes and an index can be missing for the while of it.
/// </summary>
public sealed class StatementPlans(string connectionString) : DbCommandInterceptor, IDbContextFactory<PortalDb>
{
    private readonly ConcurrentQueue<(string Sql, NpgsqlParameter[] Values)> _sent = new();

    public PortalDb CreateDbContext() =>
        new PostgreSqlPortalDb(
            new DbContextOptionsBuilder<PostgreSqlPortalDb>().UseNpgsql(connectionString).AddInterceptors(this).Options
        );

    /// <summary>The plans of all queries that are sent meanwhile.</summary>
    /// <param name="without">Indexes that are missing when they are planned: the control that shows a plan hangs on them.</param>
    public async Task<IReadOnlyList<StatementPlan>> OfAsync(Func<Task> act, params string[] without)
    {
        _sent.Clear();
        await act();
        var plans = new List<StatementPlan>();
        foreach (var (sql, values) in _sent.ToArray())
        {
            plans.Add(await ExplainAsync(sql, values, without));
        }
        return plans;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        // Inserts and updates find their rows by their keys.
        if (command.CommandText.TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase))
        {
            _sent.Enqueue(
                (command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(p => p.Clone())])
            );
        }
        return new(result);
    }

    private async Task<StatementPlan> ExplainAsync(string sql, NpgsqlParameter[] values, string[] without)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' and the product's own words.
        foreach (var index in without)
        {
            command.CommandText = $"DROP INDEX \"{index}\"";
            await command.ExecuteNonQueryAsync();
        }
        command.CommandText = $"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}";
#pragma warning restore CA2100
        command.Parameters.AddRange(values);
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
        var root = plan.RootElement[0].GetProperty("Plan");
        var reads = new List<TableRead>();
        Collect(root, reads);
        return new StatementPlan(sql, Number(root, "Actual Rows"), reads);
    }

    private static void Collect(JsonElement node, List<TableRead> reads)
    {
        if (node.TryGetProperty("Relation Name", out var table) && node.TryGetProperty("Actual Loops", out var loops))
        {
            var kind = node.GetProperty("Node Type").GetString()!;
            var rows =
                Number(node, "Actual Rows")
                + Number(node, "Rows Removed by Filter")
                + Number(node, "Rows Removed by Index Recheck");
            // LockRows and the like name a table too, but read nothing.
            if (kind.EndsWith("Scan", StringComparison.Ordinal))
            {
                reads.Add(
                    new TableRead(
                        kind,
                        table.GetString()!,
                        node.TryGetProperty("Index Name", out var index) ? index.GetString() : null,
                        rows * loops.GetDouble()
                    )
                );
            }
        }
        if (node.TryGetProperty("Plans", out var children))
        {
            foreach (var child in children.EnumerateArray())
            {
                Collect(child, reads);
            }
        }
    }

    private static double Number(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}
