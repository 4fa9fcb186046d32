using AdminPortal.Data;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Leads;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Outages;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Points;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Leads;
using AdminPortal.Web.Staff.Exports;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace AdminPortal.Web.Jobs;

/// <summary>The schedule. Every job is idempotent and may run in several processes at once.</summary>
public static class PortalJobs
{
    public static void AddPortalJobs(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.GetValue("Jobs:Enabled", true))
        {
            return;
        }
        services.AddQuartz(quartz =>
        {
            quartz.AddJobListener<JobWatch>();
            Every<DispatchJob>(quartz, TimeSpan.FromSeconds(2));
            Every<RoundsJob>(quartz, TimeSpan.FromSeconds(20));
            Every<CasesJob>(quartz, TimeSpan.FromSeconds(30));
            Every<ExportsJob>(quartz, TimeSpan.FromSeconds(2));
            Every<HousekeepingJob>(quartz, TimeSpan.FromMinutes(1));
            Every<LeadsJob>(quartz, TimeSpan.FromMinutes(10));
            Every<DormancyJob>(quartz, TimeSpan.FromHours(1));
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    private static void Every<T>(IQuartzBuilder quartz, TimeSpan interval)
        where T : IJob =>
        quartz.ScheduleJob<T>(trigger =>
            trigger.StartNow().WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever())
        );
}

/// <summary>Empties the outbox and brings reductions to the points gateway.</summary>
[DisallowConcurrentExecution]
public sealed class DispatchJob(MessageDispatcher messages, PointsDispatcher points) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        await points.RunAsync(ct);
        await messages.RunAsync(ct);
    }
}

/// <summary>
/// Gives back what confirmed outages took; ends windows, cycles and exams whose time is over; reminds drivers of windows that end
/// soon.
/// </summary>
[DisallowConcurrentExecution]
public sealed class RoundsJob(CommandRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        while (await runner.RunAsync(new ApplyOutages(), ActorRef.System, ct) is Outcome<int>.Done { Value: > 0 })
        {
            // First: a window that an outage took must not end meanwhile.
        }
        while (await runner.RunAsync(new ExpireRounds(), ActorRef.System, ct) is Outcome<int>.Done { Value: > 0 })
        {
            // Batch after batch until nothing is due.
        }
        await runner.RunAsync(new RemindOfDeadlines(), ActorRef.System, ct);
    }
}

/// <summary>Gives back lapsed claims and warns of cases that are due or overdue.</summary>
[DisallowConcurrentExecution]
public sealed partial class CasesJob(CommandRunner runner, CaseWarnings warnings, ILogger<CasesJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        await runner.RunAsync(new LapseClaims(), ActorRef.System, ct);
        if (await warnings.ChangedAsync(ct) is { } now)
        {
            CasesDue(log, now.DueToday, now.Overdue, now.AwaitingCalendar, now.MissingYear);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Cases: {DueToday} due today, {Overdue} overdue, {AwaitingCalendar} awaiting a calendar. Calendar year missing: {MissingYear}."
    )]
    private static partial void CasesDue(
        ILogger logger,
        int dueToday,
        int overdue,
        int awaitingCalendar,
        int? missingYear
    );
}

/// <summary>Writes the lists that officers asked for, and deletes those whose time is over (D-EXPORT).</summary>
[DisallowConcurrentExecution]
public sealed class ExportsJob(ExportWork exports, ListWords words) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct) =>
        await exports.RunAsync(words, ct);
}

/// <summary>Checkpoint of the audit trail, sessions that are over, photos whose time is over, photo files without a row.</summary>
[DisallowConcurrentExecution]
public sealed class HousekeepingJob(
    IDbContextFactory<PortalDb> databases,
    AuditCheckpoints checkpoints,
    Sessions sessions,
    PhotoEraser eraser,
    PhotoSweep photos
) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await checkpoints.WriteAsync(db, ct);
        await sessions.SweepAsync(ct);
        await eraser.RunAsync(ct);
        await photos.RunAsync(ct);
    }
}

/// <summary>Looks for what officers should look at (D-LEAD); it changes nothing for anybody.</summary>
[DisallowConcurrentExecution]
public sealed class LeadsJob(CommandRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        while (await runner.RunAsync(new OpenLeadCases(), ActorRef.System, ct) is Outcome<int>.Done { Value: > 0 })
        {
            // Batch after batch; after the first run there is none.
        }
        foreach (var kind in Enum.GetValues<LeadKind>())
        {
            while (await runner.RunAsync(new FindLeads(kind), ActorRef.System, ct) is Outcome<int>.Done { Value: > 0 })
            {
                // Batch after batch until nothing is new.
            }
        }
    }
}

/// <summary>Locks accounts of staff that were not used for long (D-DORMANT).</summary>
[DisallowConcurrentExecution]
public sealed class DormancyJob(CommandRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken ct)
    {
        while (
            await runner.RunAsync(new LockDormantAccounts(), ActorRef.System, ct) is Outcome<int>.Done { Value: > 0 }
        )
        {
            // Batch after batch until nobody is left.
        }
    }
}
