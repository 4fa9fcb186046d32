using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AdminPortal.Tests.Support;

/// <summary>The statement that a test let fail.</summary>
public sealed class StatementFaultException(int number) : Exception($"Statement {number} fails.");

/// <summary>
/// Lets the n-th statement that the product sends (or its commit) fail, as SQLite's authors test theirs: for n = 1, 2, 3 … until
/// none fails any more, nothing may be half done.
/// </summary>
public sealed class StatementFaults : DbCommandInterceptor
{
    private int _failAt = -1;
    private int _sent;

    public StatementFaults() => AtCommit = new Commit(this);

    internal Commit AtCommit { get; }

    /// <summary>True when the fault was met.</summary>
    public bool Fired { get; private set; }

    /// <summary>The n-th statement from now on fails, once.</summary>
    public void FailAt(int number) => (_failAt, _sent, Fired) = (number, 0, false);

    public void Stop() => _failAt = -1;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        Count();
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Count();
        return new(result);
    }

    private void Count()
    {
        if (_failAt > 0 && Interlocked.Increment(ref _sent) == _failAt)
        {
            Fired = true;
            throw new StatementFaultException(_failAt);
        }
    }

    internal sealed class Commit(StatementFaults faults) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction,
            TransactionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        )
        {
            faults.Count();
            return new(result);
        }
    }
}
