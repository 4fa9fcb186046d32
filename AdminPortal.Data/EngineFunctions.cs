using System.Data;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace AdminPortal.Data;

/// <summary>What both engines can count but say in different words.</summary>
internal static class EngineFunctions
{
    private static readonly DoubleTypeMapping PostgreSqlDouble = new("double precision", DbType.Double);
    private static readonly DoubleTypeMapping SqlServerDouble = new("float", DbType.Double);
    private static readonly LongTypeMapping BigInt = new("bigint", DbType.Int64);

    /// <summary>Translates <see cref="PortalDb.MillisecondsBetween"/>.</summary>
    public static void MapFunctions(this ModelBuilder builder, bool isSqlServer) =>
        builder
            .HasDbFunction(typeof(PortalDb).GetMethod(nameof(PortalDb.MillisecondsBetween))!)
            .HasTranslation(times => isSqlServer ? OnSqlServer(times) : OnPostgreSql(times));

    private static SqlBinaryExpression OnPostgreSql(IReadOnlyList<SqlExpression> times) =>
        new(
            ExpressionType.Multiply,
            new SqlBinaryExpression(
                ExpressionType.Subtract,
                Epoch(times[1]),
                Epoch(times[0]),
                typeof(double),
                PostgreSqlDouble
            ),
            new SqlConstantExpression(1000.0, PostgreSqlDouble),
            typeof(double),
            PostgreSqlDouble
        );

    private static SqlFunctionExpression Epoch(SqlExpression time) =>
        new(
            "date_part",
            [new SqlFragmentExpression("'epoch'"), time],
            nullable: true,
            [false, true],
            typeof(double),
            PostgreSqlDouble
        );

    private static SqlUnaryExpression OnSqlServer(IReadOnlyList<SqlExpression> times) =>
        new(
            ExpressionType.Convert,
            new SqlFunctionExpression(
                "DATEDIFF_BIG",
                [new SqlFragmentExpression("millisecond"), .. times],
                nullable: true,
                [false, true, true],
                typeof(long),
                BigInt
            ),
            typeof(double),
            SqlServerDouble
        );
}
