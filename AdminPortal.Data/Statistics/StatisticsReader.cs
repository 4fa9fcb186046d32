using AdminPortal.Data.Casework;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Statistics;

/// <summary>Reads the figures of the authorities an officer answers for; one statement per figure.</summary>
internal sealed class StatisticsReader(PortalDb db, SchemeCatalogue schemes, Actor actor)
{
    // China is this far ahead of the instants, which are kept in UTC. A literal: both engines add it as one.
    private const double ChinaHours = 8;

    private readonly FigureQueries _queries = new(db, schemes);

    public async Task<StatisticsReport> ReadAsync(StatisticsQuestion question, DateTimeOffset now, CancellationToken ct)
    {
        List<string> authorities =
        [
            .. actor
                .Authorities.Where(a => question.Authority is null || a == question.Authority)
                .Order(StringComparer.Ordinal),
        ];
        var lines = new List<FigureLine>();
        foreach (var figure in Enum.GetValues<Figure>())
        {
            if (question.Scheme is null || figure.HasScheme())
            {
                lines.AddRange(
                    _queries.Of(figure) is { } happenings
                        ? await CountAsync(figure, happenings, question, authorities, ct)
                        : await GroundsAsync(question, authorities, ct)
                );
            }
        }
        return new StatisticsReport(
            question,
            now,
            authorities,
            lines,
            question.Scheme is null ? await TimesAsync(question.Period, authorities, ct) : [],
            question.Scheme is null ? await OpenAsync(authorities, now, ct) : []
        );
    }

    private static async Task<IEnumerable<FigureLine>> CountAsync(
        Figure figure,
        IQueryable<Happening> happenings,
        StatisticsQuestion question,
        List<string> authorities,
        CancellationToken ct
    )
    {
        var (from, until, scheme) = (question.Period.Start, question.Period.End, question.Scheme);
        var counted = happenings.Where(h => h.At >= from && h.At < until && authorities.Contains(h.Authority));
        if (scheme is not null)
        {
            counted = counted.Where(h => h.Scheme == scheme);
        }
        var rows = await counted
            .GroupBy(h => new
            {
                Day = h.At.AddHours(ChinaHours).Date,
                h.Authority,
                h.Scheme,
                h.Part,
            })
            .Select(g => new
            {
                g.Key.Day,
                g.Key.Authority,
                g.Key.Scheme,
                g.Key.Part,
                Amount = g.Sum(h => h.Amount),
            })
            .ToListAsync(ct);
        return rows.Select(r => new FigureLine(
            figure,
            DateOnly.FromDateTime(r.Day),
            r.Authority,
            r.Scheme,
            r.Part,
            r.Amount
        ));
    }

    // The findings are one text per application, so they are counted here: of refused applications only.
    private async Task<IEnumerable<FigureLine>> GroundsAsync(
        StatisticsQuestion question,
        List<string> authorities,
        CancellationToken ct
    )
    {
        var (from, until, scheme) = (question.Period.Start, question.Period.End, question.Scheme);
        var refused = await (
            from application in db.Applications
            join licence in db.Licences on application.DriverId equals licence.DriverId
            where !application.IsApproved && application.AppliedAt >= @from && application.AppliedAt < until
            where authorities.Contains(licence.Authority)
            where scheme == null || application.SchemeId == scheme
            select new
            {
                application.AppliedAt,
                licence.Authority,
                application.SchemeId,
                application.Findings,
            }
        ).ToListAsync(ct);
        return refused
            .SelectMany(a =>
                a.Findings.Where(f => !f.Holds)
                    .Select(f => (Day: ChinaTime.DateOf(a.AppliedAt), a.Authority, a.SchemeId, Part: $"{f.Ground}"))
            )
            .GroupBy(f => f)
            .Select(g => new FigureLine(
                Figure.RefusalGrounds,
                g.Key.Day,
                g.Key.Authority,
                g.Key.SchemeId,
                g.Key.Part,
                g.Count()
            ));
    }

    // A median is not a sum of medians, and each engine spells it differently: the spans are read and ordered here.
    private async Task<IReadOnlyList<CaseTimes>> TimesAsync(
        StatisticsPeriod period,
        List<string> authorities,
        CancellationToken ct
    )
    {
        var (from, until) = (period.Start, period.End);
        var decided = await db
            .Cases.Where(c => c.DecidedAt >= from && c.DecidedAt < until && authorities.Contains(c.Authority))
            .Select(c => new
            {
                c.Kind,
                c.OpenedAt,
                c.DecidedAt,
            })
            .ToListAsync(ct);
        return
        [
            .. decided
                .GroupBy(c => c.Kind, c => (decimal)(c.DecidedAt!.Value - c.OpenedAt).Ticks / TimeSpan.TicksPerHour)
                .Select(g => new CaseTimes(g.Key, g.Average(), Median([.. g.Order()]))),
        ];
    }

    // Open and overdue as the queue says it: the number is the length of the list behind it.
    private async Task<IReadOnlyList<OpenCases>> OpenAsync(
        List<string> authorities,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var open = Queue.Open(Queue.Visible(db, actor)).Where(c => authorities.Contains(c.Authority));
        return await open.GroupBy(c => c.Kind)
            .Select(g => new OpenCases(g.Key, g.Count(), g.Count(c => c.DueAt <= now)))
            .ToListAsync(ct);
    }

    /// <summary>The middle one; of an even number the mean of the two in the middle.</summary>
    internal static decimal Median(IReadOnlyList<decimal> ordered) =>
        (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
}
