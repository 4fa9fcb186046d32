using AdminPortal.Domain.Time;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>How near a due time is, for the look of it. The lists themselves are filtered by the query.</summary>
public enum DueState
{
    Awaiting,
    Overdue,
    Today,
    Later,
}

/// <summary>Reads the state of a due time that was stamped elsewhere.</summary>
public static class DueStates
{
    public static DueState Of(DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (dueAt is not { } due)
        {
            return DueState.Awaiting;
        }
        if (due <= now)
        {
            return DueState.Overdue;
        }
        return due <= ChinaTime.EndOf(ChinaTime.DateOf(now)) ? DueState.Today : DueState.Later;
    }
}
