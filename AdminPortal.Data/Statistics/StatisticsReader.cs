using System.Runtime.CompilerServices;
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

    // Leads about the officer, which are in none of their lists, and so in none of their numbers.
    private List<Guid> _own = [];

    public async Task<StatisticsReport> ReadAsync(StatisticsQuestion question, DateTimeOffset now, CancellationToken ct)
    {
        _own = await Queue.OwnLeadsAsync(db, actor, ct);
        var authorities = AuthoritiesOf(question);
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
            question.Scheme is null ? await OpenAsync(authorities, now, ct) : [],
            await QuestionsAsync(question, authorities, ct),
            question.Scheme is null
                ? await new OfficerResults(db, actor, _own).ReadAsync(question.Period, authorities, ct)
                : []
        );
    }

    /// <summary>What a figure counted, newest first: the list behind the number.</summary>
    /// <param name="part">Only this part of the figure, or null for all.</param>
    /// <param name="page">1, 2, 3 …</param>
    public async Task<FigureList> ListAsync(
        StatisticsQuestion question,
        Figure figure,
        string? part,
        int page,
        CancellationToken ct
    )
    {
        _own = await Queue.OwnLeadsAsync(db, actor, ct);
        var authorities = AuthoritiesOf(question);
        var skipped = ListPages.Offset(page, FigureList.PageSize);
        if (!IsCounted(question, figure))
        {
            return new FigureList([], 0, 0, false);
        }
        if (_queries.Of(figure) is not { } happenings)
        {
            var refused = await RefusedAsync(question, authorities, part, ct);
            return new FigureList(
                [.. refused.Skip(skipped).Take(FigureList.PageSize)],
                refused.Count,
                refused.Count,
                refused.Count > skipped + FigureList.PageSize
            );
        }
        var counted = Counted(happenings, question, authorities, part);
        var sums = await counted
            .GroupBy(_ => 1)
            .Select(g => new { Lines = g.Count(), Amount = g.Sum(h => h.Amount) })
            .FirstOrDefaultAsync(ct);
        var lines = await LinesOf(counted).Skip(skipped).Take(FigureList.PageSize).ToListAsync(ct);
        var length = sums?.Lines ?? 0;
        return new FigureList(lines, length, sums?.Amount ?? 0, length > skipped + lines.Count);
    }

    /// <summary>The whole list behind a number, line by line as it is read: what an export takes out.</summary>
    public async IAsyncEnumerable<FigureListLine> AllAsync(
        StatisticsQuestion question,
        Figure figure,
        string? part,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (!IsCounted(question, figure))
        {
            yield break;
        }
        _own = await Queue.OwnLeadsAsync(db, actor, ct);
        var authorities = AuthoritiesOf(question);
        var lines = _queries.Of(figure) is { } happenings
            ? LinesOf(Counted(happenings, question, authorities, part)).AsAsyncEnumerable()
            : (await RefusedAsync(question, authorities, part, ct)).ToAsyncEnumerable();
        await foreach (var line in lines.WithCancellation(ct))
        {
            yield return line;
        }
    }

    // Casework has no scheme; what an officer did is told to who leads the work, and to themselves.
    private bool IsCounted(StatisticsQuestion question, Figure figure) =>
        (question.Scheme is null || figure.HasScheme())
        && (
            question.Officer is not { } badge
            || figure.HasOfficer() && (badge == actor.Name || actor.May(Permission.AssignReviews))
        );

    private static IQueryable<FigureListLine> LinesOf(IQueryable<Happening> counted) =>
        counted
            .OrderByDescending(h => h.At)
            .ThenBy(h => h.Subject)
            // What is alike in all of these looks alike on every page.
            .ThenBy(h => h.Part)
            .ThenBy(h => h.Amount)
            .Select(h => new FigureListLine(h.At, h.Authority, h.Scheme, h.Part, h.Amount, h.Subject));

    private async Task<List<FigureListLine>> RefusedAsync(
        StatisticsQuestion question,
        List<string> authorities,
        string? part,
        CancellationToken ct
    ) =>
        [
            .. (await RefusalsAsync(question, authorities, ct))
                .Where(line => part is null || line.Part == part)
                .OrderByDescending(line => line.At)
                .ThenBy(line => line.Subject)
                .ThenBy(line => line.Part, StringComparer.Ordinal),
        ];

    // Only what the officer answers for, whatever the address says.
    private List<string> AuthoritiesOf(StatisticsQuestion question) =>
        [
            .. actor
                .Authorities.Where(a => question.Authority is null || a == question.Authority)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What of it belongs to a question: the one cut for numbers and for the lists behind them.</summary>
    private IQueryable<Happening> Counted(
        IQueryable<Happening> happenings,
        StatisticsQuestion question,
        List<string> authorities,
        string? part = null
    )
    {
        var (from, until, scheme) = (question.Period.Start, question.Period.End, question.Scheme);
        var counted = happenings.Where(h => h.At >= from && h.At < until && authorities.Contains(h.Authority));
        if (_own.Count > 0)
        {
            counted = counted.Where(h => !_own.Contains(h.Subject));
        }
        if (part is not null)
        {
            counted = counted.Where(h => h.Part == part);
        }
        if (question.Officer is { } badge)
        {
            counted = counted.Where(h => db.Users.Any(u => u.Id == h.Officer && u.UserName == badge));
        }
        return scheme is null ? counted : counted.Where(h => h.Scheme == scheme);
    }

    private async Task<IEnumerable<FigureLine>> CountAsync(
        Figure figure,
        IQueryable<Happening> happenings,
        StatisticsQuestion question,
        List<string> authorities,
        CancellationToken ct
    )
    {
        var rows = await Counted(happenings, question, authorities)
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

    private async Task<IEnumerable<FigureLine>> GroundsAsync(
        StatisticsQuestion question,
        List<string> authorities,
        CancellationToken ct
    ) =>
        (await RefusalsAsync(question, authorities, ct))
            .GroupBy(r => (Day: ChinaTime.DateOf(r.At), r.Authority, r.Scheme, r.Part))
            .Select(g => new FigureLine(
                Figure.RefusalGrounds,
                g.Key.Day,
                g.Key.Authority,
                g.Key.Scheme,
                g.Key.Part,
                g.Count()
            ));

    // The findings are one text per application, so they are counted here: of refused applications only.
    private async Task<IEnumerable<FigureListLine>> RefusalsAsync(
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
                application.Id,
                application.AppliedAt,
                licence.Authority,
                application.SchemeId,
                application.Findings,
            }
        ).ToListAsync(ct);
        return refused.SelectMany(a =>
            a.Findings.Where(f => !f.Holds)
                .Select(f => new FigureListLine(a.AppliedAt, a.Authority, a.SchemeId, $"{f.Ground}", 1, a.Id))
        );
    }

    // How hard a question is: one line per question, over all its versions; the words are those of the newest one.
    private async Task<IReadOnlyList<QuestionResult>> QuestionsAsync(
        StatisticsQuestion question,
        List<string> authorities,
        CancellationToken ct
    )
    {
        var given = await AnswersAsync(onlyRight: false);
        var right = await AnswersAsync(onlyRight: true);
        var asked = given.Keys.ToList();
        var versions = await db
            .QuestionVersions.Where(v => asked.Contains(v.QuestionId))
            .Select(v => new
            {
                v.QuestionId,
                v.Number,
                v.Text,
                v.Difficulty,
            })
            .ToListAsync(ct);
        return
        [
            .. versions
                .GroupBy(v => v.QuestionId)
                .Select(all => all.MaxBy(v => v.Number)!)
                .Select(v => new QuestionResult(
                    v.QuestionId,
                    v.Text,
                    v.Difficulty,
                    given[v.QuestionId],
                    right.GetValueOrDefault(v.QuestionId)
                ))
                .OrderBy(q => q.ShareRight)
                .ThenByDescending(q => q.Given)
                .ThenBy(q => q.QuestionId, StringComparer.Ordinal),
        ];

        Task<Dictionary<string, long>> AnswersAsync(bool onlyRight) =>
            Counted(_queries.Answers(onlyRight), question, authorities)
                .GroupBy(h => h.Part)
                .Select(g => new { Question = g.Key, Times = g.Sum(h => h.Amount) })
                .ToDictionaryAsync(g => g.Question, g => g.Times, ct);
    }

    // A median is no aggregate that both engines know: the database orders the spans, and the one or two in the middle are read.
    private async Task<IReadOnlyList<CaseTimes>> TimesAsync(
        StatisticsPeriod period,
        List<string> authorities,
        CancellationToken ct
    )
    {
        var (from, until) = (period.Start, period.End);
        var decided = FigureQueries
            .Cases(db)
            .Where(c => c.DecidedAt >= from && c.DecidedAt < until && authorities.Contains(c.Authority))
            .Where(c => !_own.Contains(c.Id))
            .Select(c => new { c.Kind, Span = PortalDb.MillisecondsBetween(c.OpenedAt, c.DecidedAt!.Value) });
        var kinds = await decided
            .GroupBy(c => c.Kind)
            .Select(g => new
            {
                Kind = g.Key,
                Count = g.Count(),
                Average = g.Average(c => c.Span),
            })
            .ToListAsync(ct);
        var times = new List<CaseTimes>();
        foreach (var of in kinds)
        {
            var middle = await decided
                .Where(c => c.Kind == of.Kind)
                .OrderBy(c => c.Span)
                .Skip((of.Count - 1) / 2)
                .Take(2 - of.Count % 2)
                .Select(c => c.Span)
                .ToListAsync(ct);
            times.Add(new CaseTimes(of.Kind, Hours(of.Average), Hours(middle.Average())));
        }
        return times;
    }

    // Instants are whole milliseconds; what an engine's fractions of seconds add to them is not.
    internal static decimal Hours(double milliseconds) => (decimal)Math.Round(milliseconds) / 3_600_000;

    // Open and overdue as the queue says it: the number is the length of the list behind it.
    private async Task<IReadOnlyList<OpenCases>> OpenAsync(
        List<string> authorities,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var open = Queue.Open(await Queue.ListedAsync(db, actor, ct));
        return await open.Where(c => authorities.Contains(c.Authority))
            .GroupBy(c => c.Kind)
            .Select(g => new OpenCases(g.Key, g.Count(), g.Count(c => c.DueAt <= now)))
            .ToListAsync(ct);
    }
}
