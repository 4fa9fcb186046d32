using AdminPortal.Data.Jobs;
using Quartz;

namespace AdminPortal.Web.Jobs;

/// <summary>Writes down how every run of a job ended, for the page of the jobs. Trouble with writing it down stops no job.</summary>
public sealed partial class JobWatch(JobJournal journal, TimeProvider clock, ILogger<JobWatch> log) : IJobListener
{
    public string Name => nameof(JobWatch);

    public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    public async ValueTask JobWasExecuted(
        IJobExecutionContext context,
        JobExecutionException? jobException,
        CancellationToken cancellationToken = default
    )
    {
        var ended = clock.GetUtcNow();
        // The scheduler wraps what a job throws; the innermost one says what it was.
        var fault = jobException?.GetBaseException().GetType().Name;
        try
        {
            await journal.NoteAsync(
                new JobRun(
                    context.JobInstance.GetType().Name,
                    ended - context.JobRunTime,
                    ended,
                    context.NextFireTimeUtc,
                    fault
                ),
                cancellationToken
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotNoted(log, context.JobDetail.Key.Name, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of job {Job} was not written down: {Fault}.")]
    private static partial void NotNoted(ILogger logger, string job, string fault);
}
