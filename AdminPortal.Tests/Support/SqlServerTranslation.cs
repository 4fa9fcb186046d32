// The query compiler is EF Core's own business (EF1001); there is no public place where a whole query passes.
#pragma warning disable EF1001

using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Linq.Expressions;
using System.Reflection;
using AdminPortal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;

namespace AdminPortal.Tests.Support;

/// <summary>
/// Holds SQL Server, which cannot be installed here: whenever a query of the product (LINQ, ExecuteUpdate, ExecuteDelete) is
/// compiled for PostgreSQL, the same query is compiled and "run" for SQL Server as well, on a context that connects to nothing,
/// and its SQL must parse. A query that does not translate or parse fails the test that ran it, at once.
/// </summary>
public static class SqlServerTranslation
{
    private static readonly ConcurrentQueue<TranslatedQuery> Queries = new();
    private static readonly AsyncLocal<ConcurrentDictionary<MethodBase, int>?> Watching = new();

    /// <summary>Every query translated so far in this process, each shape once.</summary>
    public static IReadOnlyList<TranslatedQuery> Translated => [.. Queries];

    /// <summary>Attaches the check to the options of a PostgreSQL context.</summary>
    public static DbContextOptionsBuilder<T> Attach<T>(DbContextOptionsBuilder<T> options)
        where T : DbContext
    {
        // One and the same instance for all contexts: they share their compiled queries then.
        options.AddInterceptors(CompilationWitness.Instance);
        options.ReplaceService<IQueryCompiler, DoublingQueryCompiler>();
        return options;
    }

    /// <summary>From now on, in this flow, keeps which methods of the product run a query (each was translated when it was new).</summary>
    public static ConcurrentDictionary<MethodBase, int> Watch() => Watching.Value = new();

    internal static void Note()
    {
        if (Watching.Value is { } seen && Callers() is [var nearest, ..])
        {
            seen.AddOrUpdate(nearest, 1, (_, times) => times + 1);
        }
    }

    /// <summary>A SQL Server context that keeps the SQL it would send, finds nothing and writes nothing.</summary>
    public static SqlServerPortalDb Offline(ICollection<string> commands) =>
        new(
            new DbContextOptionsBuilder<SqlServerPortalDb>()
                .UseSqlServer("Server=offline.invalid;Database=portal")
                .AddInterceptors(new NoConnection(), new NoExecution(commands))
                .Options
        );

    /// <summary>Checks one query that has not been run.</summary>
    public static void Check<T>(DbContext origin, IQueryable<T> query) =>
        Check(origin, query.Expression, (compiler, q) => compiler.Execute<IEnumerable<T>>(q));

    internal static void Check(DbContext origin, Expression query, Func<IQueryCompiler, Expression, object?> execute)
    {
        var commands = new List<string>();
        using var offline = Offline(commands);
        var rebinder = new Rebinder(origin, offline);
        var rebound = rebinder.Visit(query)!;
        if (rebinder.IsHandWritten)
        {
            return; // has a text of its own per engine, tested by itself
        }
        Exception? trouble = null;
        try
        {
            Drain(execute(offline.GetService<IQueryCompiler>(), rebound));
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException)
        {
            // "Sequence contains no elements" is what an offline context must say, once it has sent its command.
            trouble = e;
        }
        if (commands.Count == 0)
        {
            throw new SqlServerTranslationException(
                $"SQL Server cannot run this query: {trouble?.Message}\n{query}",
                trouble
            );
        }
        foreach (var command in commands)
        {
            if (TSql.Errors(command) is { Count: > 0 } errors)
            {
                throw new SqlServerTranslationException($"{string.Join('\n', errors)}\n{command}", null);
            }
        }
        Queries.Enqueue(new TranslatedQuery(Callers(), string.Join("\n", commands)));
    }

    /// <summary>The product's methods on the way to this query, the nearest first.</summary>
    private static MethodBase[] Callers() =>
        [
            .. new StackTrace()
                .GetFrames()
                .Select(f => f.GetMethod())
                .OfType<MethodBase>()
                .Where(m => m.DeclaringType?.Assembly == typeof(PortalDb).Assembly),
        ];

    private static void Drain(object? result)
    {
        switch (result)
        {
            case Task task:
                task.GetAwaiter().GetResult();
                break;
            case not null when result.GetType().GetInterface(typeof(IAsyncEnumerable<>).Name) is { } sequence:
                DrainMethod.MakeGenericMethod(sequence.GetGenericArguments()).Invoke(null, [result]);
                break;
            case System.Collections.IEnumerable sequence:
                foreach (var _ in sequence) { }
                break;
        }
    }

    private static readonly MethodInfo DrainMethod = typeof(SqlServerTranslation).GetMethod(
        nameof(DrainSequence),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    private static void DrainSequence<T>(IAsyncEnumerable<T> sequence) =>
        sequence.ToListAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Puts the offline context in the place of the test's own, wherever a query mentions it.</summary>
    private sealed class Rebinder(DbContext from, DbContext to) : ExpressionVisitor
    {
        public bool IsHandWritten { get; private set; }

        public override Expression? Visit(Expression? node)
        {
            switch (node)
            {
                case SqlQueryRootExpression or FromSqlQueryRootExpression:
                    IsHandWritten = true;
                    return node;
                case EntityQueryRootExpression root:
                    return new EntityQueryRootExpression(
                        to.GetService<IAsyncQueryProvider>(),
                        EntityType(root.EntityType)
                    );
                case ConstantExpression { Value: IQueryable queryable } when queryable.Expression != node:
                    return Visit(queryable.Expression);
                case MemberExpression when IsOurs(node.Type) && !Parameters.Mentioned(node):
                    return Value(node) switch
                    {
                        DbContext context => ReferenceEquals(context, from)
                            ? Expression.Constant(to, node.Type)
                            : throw new SqlServerTranslationException($"A query uses two contexts: {node}", null),
                        IQueryable queryable => Visit(queryable.Expression),
                        _ => node,
                    };
                default:
                    return base.Visit(node);
            }
        }

        private IEntityType EntityType(IEntityType other) =>
            to.Model.FindEntityType(other.Name)
            ?? throw new InvalidOperationException($"{other.Name} is not in the model.");

        private static bool IsOurs(Type type) =>
            typeof(DbContext).IsAssignableFrom(type) || typeof(IQueryable).IsAssignableFrom(type);

        private static object? Value(Expression node) =>
            Expression
                .Lambda<Func<object?>>(Expression.Convert(node, typeof(object)))
                .Compile(preferInterpretation: true)();
    }

    private sealed class Parameters : ExpressionVisitor
    {
        private bool _found;

        public static bool Mentioned(Expression node)
        {
            var visitor = new Parameters();
            visitor.Visit(node);
            return visitor._found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _found = true;
            return node;
        }
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result
        ) => InterceptionResult.Suppress();

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        ) => new(InterceptionResult.Suppress());
    }

    private sealed class NoExecution(ICollection<string> commands) : DbCommandInterceptor
    {
        public override InterceptionResult<DbDataReader> ReaderExecuting(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result
        ) => Suppressed(command, (DbDataReader)new DataTable().CreateDataReader());

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        ) => new(Suppressed(command, (DbDataReader)new DataTable().CreateDataReader()));

        public override InterceptionResult<int> NonQueryExecuting(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result
        ) => Suppressed(command, 0);

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        ) => new(Suppressed(command, 0));

        private InterceptionResult<T> Suppressed<T>(DbCommand command, T result)
        {
            commands.Add(command.CommandText);
            return InterceptionResult<T>.SuppressWithResult(result);
        }
    }
}

/// <summary>A query as it would go to SQL Server.</summary>
/// <param name="Callers">The product's methods on the way to it, the nearest first.</param>
public sealed record TranslatedQuery(IReadOnlyList<MethodBase> Callers, string Sql);

/// <summary>A query of the product that SQL Server would not take.</summary>
public sealed class SqlServerTranslationException(string message, Exception? inner) : Exception(message, inner);

/// <summary>Sees when a query is compiled, not taken from the cache: each shape is translated once.</summary>
internal sealed class CompilationWitness : IQueryExpressionInterceptor
{
    [ThreadStatic]
    private static bool _compiled;

    public static CompilationWitness Instance { get; } = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        _compiled = true;
        return queryExpression;
    }

    /// <summary>Runs something on this thread and tells whether a query was compiled in it.</summary>
    public static bool Watch(Action run)
    {
        _compiled = false;
        run();
        return _compiled;
    }
}

internal sealed class DoublingQueryCompiler(
    IQueryContextFactory queryContextFactory,
    ICompiledQueryCache compiledQueryCache,
    ICompiledQueryCacheKeyGenerator compiledQueryCacheKeyGenerator,
    IDatabase database,
    IDiagnosticsLogger<DbLoggerCategory.Query> logger,
    ICurrentDbContext currentContext,
    IEvaluatableExpressionFilter evaluatableExpressionFilter,
    IModel model
)
    : QueryCompiler(
        queryContextFactory,
        compiledQueryCache,
        compiledQueryCacheKeyGenerator,
        database,
        logger,
        currentContext,
        evaluatableExpressionFilter,
        model
    )
{
    private readonly DbContext _context = currentContext.Context;

    public override TResult Execute<TResult>(Expression query)
    {
        SqlServerTranslation.Note();
        TResult result = default!;
        if (CompilationWitness.Watch(() => result = base.Execute<TResult>(query)))
        {
            SqlServerTranslation.Check(_context, query, (compiler, q) => compiler.Execute<TResult>(q));
        }
        return result;
    }

    public override TResult ExecuteAsync<TResult>(Expression query, CancellationToken cancellationToken = default)
    {
        SqlServerTranslation.Note();
        TResult result = default!;
        if (!CompilationWitness.Watch(() => result = base.ExecuteAsync<TResult>(query, cancellationToken)))
        {
            return result;
        }
        try
        {
            SqlServerTranslation.Check(
                _context,
                query,
                (compiler, q) => compiler.ExecuteAsync<TResult>(q, cancellationToken)
            );
        }
        catch (SqlServerTranslationException)
        {
            // The real query is on its way; the context must be quiet before the test hears of the fault.
            (result as Task)
                ?.ContinueWith(_ => { }, TaskScheduler.Default)
                .GetAwaiter()
                .GetResult();
            throw;
        }
        return result;
    }
}
