using AdminPortal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

Console.Error.WriteLine("Nothing to run: eng/migration.sh NAME uses this project.");
return 2;

// `migrations add` reads the model only; it connects to nothing.
internal sealed class PostgreSqlFactory : IDesignTimeDbContextFactory<PostgreSqlPortalDb>
{
    public PostgreSqlPortalDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlPortalDb>().UseNpgsql("Host=localhost").Options);
}

internal sealed class SqlServerFactory : IDesignTimeDbContextFactory<SqlServerPortalDb>
{
    public SqlServerPortalDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerPortalDb>().UseSqlServer("Server=localhost").Options);
}
