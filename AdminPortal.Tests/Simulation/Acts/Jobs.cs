using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Acts;

/// <summary>What the product does by itself when time passes.</summary>
internal static class Jobs
{
    /// <summary>Closes exams at their limit, then rounds whose window or cycle has ended.</summary>
    public static Reply Expire(World w)
    {
        if (w.Current is not { } file)
        {
            return Reply.Done;
        }
        var round = file.Round;
        if (
            file.Open is { Exam.State: ExamState.Running or ExamState.Paused } late
            && late.Exam.LimitAt <= w.Now
            && late.Exam.CloseAtLimit(file.Scheme, w.Now)
        )
        {
            Exams.Conclude(w, file, late, ActorKind.System);
        }
        var (before, counted) = (round.State, file.Counted());
        if (!round.Expire(StudyCredit.Seconds(file.Stretches, file.Scheme), file.Scheme, w.Calendar, w.Now))
        {
            return Reply.Done;
        }
        switch (file.Open?.Exam.State)
        {
            case ExamState.Closing:
                file.Open.Exam.Invalidate(w.Now);
                break;
            case ExamState.Opening:
                file.Open.Exam.NotAccept(w.Now);
                break;
        }
        if (before == RoundState.Studying)
        {
            w.Session?.End();
            file.CountedWhenFiled = round.State == RoundState.ExamOpen ? counted : null;
        }
        return Reply.Done;
    }

    /// <summary>Gives a case back to the queue whose officer did nothing.</summary>
    public static Reply LapseClaims(World w)
    {
        if (w.File?.Pending?.Case is { State: CaseState.Claimed } open && open.LeaseUntil <= w.Now)
        {
            return Reply.Of(open.Apply(CaseAct.Lapse, Actor.System, null, null, w.Now));
        }
        return Reply.Done;
    }

    /// <summary>The notice of a year arrives: what waited for it is stamped.</summary>
    public static Reply Publish(World w, int year)
    {
        if (!w.Published.Add(year))
        {
            return Reply.Done;
        }
        w.Calendar = w.Calendar.With(year, NoticeOf(year));
        if (w.Current is not { } file)
        {
            return Reply.Done;
        }
        if (file.Pending is { Case: { AwaitingYear: not null } open } request)
        {
            open.Restamp(w.Calendar);
            request.Due = Book.ReviewTerm(open.OpenedAt, w.Published);
        }
        if (file.Round.Running is { AwaitingYear: not null } running)
        {
            file.Round.RestampRunning(PeriodOf(running.Kind, file.Scheme), w.Calendar, w.Now);
            file.Terms[^1] = Book.NoticeAt(file.Book.Term(running.Kind, running.From, w.Published), w.Now);
        }
        return Reply.Done;
    }

    /// <summary>The notice of a year as the product holds it; the invented one comes from the simulator.</summary>
    public static IEnumerable<CalendarDay> NoticeOf(int year) =>
        year == NaiveCalendar.InventedYear
            ? NaiveCalendar.DaysOf(year).Select(day => new CalendarDay(day.Day, "", day.Working))
            : WorkingCalendar.Shipped.Days.Where(day =>
                (day.Date.Month == 12 ? day.Date.Year + 1 : day.Date.Year) == year
            );

    private static Period PeriodOf(DeadlineKind kind, Scheme scheme) =>
        kind switch
        {
            DeadlineKind.Study => scheme.StudyWindow,
            DeadlineKind.Exam => scheme.ExamWindow,
            DeadlineKind.Resit => scheme.ResitWindow,
            DeadlineKind.Verification => scheme.ClosingVerificationWindow!,
            DeadlineKind.ReviewFiling => scheme.ReviewFilingWindow!,
        };
}
