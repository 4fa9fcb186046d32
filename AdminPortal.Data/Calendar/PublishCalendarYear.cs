using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Calendar;

/// <summary>What publishing a year did.</summary>
/// <param name="CasesStamped">Cases whose due date is known now.</param>
/// <param name="DeadlinesStamped">Deadlines of rounds that are known now.</param>
public sealed record CalendarPublished(int Year, int CasesStamped, int DeadlinesStamped);

/// <summary>
/// Publishes the working days of a year and stamps every date that waited for it (rulebook D, "Counting working days"). A date that
/// was known stays as it was told, also where the notice changes December of the year before (D-CALENDAR-STAMPED).
/// </summary>
public sealed record PublishCalendarYear(int Year, string Source, IReadOnlyList<CalendarDay> Days)
    : ICommand<CalendarPublished>
{
    public Permission Permission => Permission.PublishCalendar;

    public async Task<Outcome<CalendarPublished>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var before = await scope.CalendarAsync(ct);
        if (CalendarNotice.Fault(Year, Source, Days, before) is { } fault)
        {
            return fault;
        }
        db.CalendarYears.Add(
            new CalendarYearRow
            {
                Year = Year,
                PublishedAt = scope.Now,
                Source = Source.Trim(),
            }
        );
        db.CalendarDays.AddRange(
            Days.Select(d => new CalendarDayRow
            {
                Date = d.Date,
                Year = Year,
                Name = d.Name,
                Working = d.Working,
            })
        );
        var calendar = before.With(Year, Days);
        var cases = await StampCasesAsync(scope, calendar, ct);
        var deadlines = await StampDeadlinesAsync(scope, calendar, ct);
        scope.Audit(
            "CalendarYear",
            Year,
            null,
            new
            {
                Source,
                Days = Days.Count,
                cases,
                deadlines,
            }
        );
        return new CalendarPublished(Year, cases, deadlines);
    }

    private static async Task<int> StampCasesAsync(CommandScope scope, WorkingCalendar calendar, CancellationToken ct)
    {
        var stamped = 0;
        var waiting = await scope.Db.Cases.Where(c => c.AwaitingYear != null && c.DecidedAt == null).ToListAsync(ct);
        foreach (var open in waiting)
        {
            if (!open.Restamp(calendar))
            {
                continue;
            }
            stamped++;
            if (!CaseTable.TellsDriver(open.Kind))
            {
                // Nobody looked at its driver, so it stands in nobody's record of looks (N-33).
                scope.Audit(Claims.SubjectOf(open), open.Id, null, new { dueStamped = open.DueOn });
                continue;
            }
            var scheme = await Decisions.SchemeOfAsync(scope, open, ct);
            if (open.Kind == CaseKind.Feedback)
            {
                var number = await scope
                    .Db.FeedbackTickets.Where(f => f.CaseId == open.Id)
                    .Select(f => f.Number)
                    .SingleAsync(ct);
                scope.Tell(open.DriverId, scheme, MessageTemplate.FeedbackDueKnown, number, open.DueAt!.Value);
            }
            else
            {
                // An appeal's date is a target (D-APPEAL), and its message says so.
                var template =
                    open.Kind == CaseKind.Appeal ? MessageTemplate.AppealReceived : MessageTemplate.ReviewDueKnown;
                scope.Tell(open.DriverId, scheme, template, open.DueAt!.Value);
            }
            scope.Audit("Case", open.Id, open.DriverId, new { dueStamped = open.DueOn });
        }
        return stamped;
    }

    private static async Task<int> StampDeadlinesAsync(
        CommandScope scope,
        WorkingCalendar calendar,
        CancellationToken ct
    )
    {
        var stamped = 0;
        var rounds = await scope
            .Db.Rounds.Where(r => r.Deadlines.Any(d => d.AwaitingYear != null && d.ClosedAt == null))
            .ToListAsync(ct);
        foreach (var round in rounds)
        {
            var running = round.Running!;
            if (round.RestampRunning(OutageRule.PeriodOf(running.Kind, scope.SchemeOf(round)), calendar, scope.Now))
            {
                stamped++;
                scope.Audit("Round", round.Id, round.DriverId, new { running.Kind, deadlineStamped = running.LastDay });
            }
        }
        return stamped;
    }
}
