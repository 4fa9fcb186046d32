namespace AdminPortal.Data.Demo;

/// <summary>A clock the demonstration turns back, so that its cases have a past of their own.</summary>
internal sealed class DemoClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
