using System.Collections.Concurrent;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Jobs;

/// <summary>The last runs of a job on one machine: what the page of the jobs shows.</summary>
public sealed class JobRunRow
{
    public required string Job { get; init; }

    /// <summary>The machine, because several processes may run the same jobs.</summary>
    public required string Host { get; init; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset EndedAt { get; set; }
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>The end of the last run without a fault; null when there was none.</summary>
    public DateTimeOffset? LastGoodAt { get; set; }

    /// <summary>In a row; 0 after a good run.</summary>
    public int FaultCount { get; set; }

    /// <summary>The kind of the last fault, such as NpgsqlException; never its text, which may hold personal data. Null after a good run.</summary>
    public string? Fault { get; set; }
}

internal sealed class JobRunMapping : IEntityTypeConfiguration<JobRunRow>
{
    public void Configure(EntityTypeBuilder<JobRunRow> builder)
    {
        builder.ToTable("job_runs");
        builder.HasKey(r => new { r.Job, r.Host });
        builder.Property(r => r.Job).HasColumnName("job_name").HasMaxLength(60);
        builder.Property(r => r.Host).HasColumnName("host_name").HasMaxLength(100);
        builder.Property(r => r.Fault).HasMaxLength(100);
    }
}

/// <summary>A run that has just ended.</summary>
public sealed record JobRun(
    string Job,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    DateTimeOffset? NextAt,
    string? Fault
);

/// <summary>
/// Keeps what jobs did. A job that runs every two seconds is not written down every two seconds: a change of its fortune at once,
/// anything else twice a minute.
/// </summary>
public sealed class JobJournal(IDbContextFactory<PortalDb> databases)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private static readonly string Host = Environment.MachineName;

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, string? Fault)> _written = new();

    public async Task NoteAsync(JobRun run, CancellationToken ct)
    {
        if (_written.TryGetValue(run.Job, out var last) && last.Fault == run.Fault && run.EndedAt - last.At < Every)
        {
            return;
        }
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.JobRuns.SingleOrDefaultAsync(r => r.Job == run.Job && r.Host == Host, ct);
        if (row is null)
        {
            row = new JobRunRow { Job = run.Job, Host = Host };
            db.JobRuns.Add(row);
        }
        (row.StartedAt, row.EndedAt, row.NextAt, row.Fault) = (run.StartedAt, run.EndedAt, run.NextAt, run.Fault);
        row.FaultCount = run.Fault is null ? 0 : row.FaultCount + 1;
        row.LastGoodAt = run.Fault is null ? run.EndedAt : row.LastGoodAt;
        await db.SaveChangesAsync(ct);
        _written[run.Job] = (run.EndedAt, run.Fault);
    }
}

/// <summary>The jobs as the system administrator sees them.</summary>
public sealed class JobPages(IDbContextFactory<PortalDb> databases)
{
    /// <summary>By job and machine; null when the actor may not see them.</summary>
    public async Task<IReadOnlyList<JobRunRow>?> ReadAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Actors.ReadAsync(db, who, ct) is { } actor && actor.May(Permission.ManageJobs)
            ? await db.JobRuns.AsNoTracking().OrderBy(r => r.Job).ThenBy(r => r.Host).ToListAsync(ct)
            : null;
    }
}
