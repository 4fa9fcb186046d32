using AdminPortal.Data.Statistics;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Statistics;

/// <summary>What the query string of the figures says, as it was written: a wrong date stays where a person can mend it.</summary>
public sealed record StatisticsAddress(
    string From,
    string To,
    StatisticsGrouping Grouping,
    string? Authority,
    string? Scheme,
    string? Officer = null
)
{
    public const string Base = "/staff/statistics";

    /// <summary>A missing word is this month by day; an authority or a scheme that is not the officer's to choose is none.</summary>
    public static StatisticsAddress Of(
        string? from,
        string? to,
        string? grouping,
        string? authority,
        string? scheme,
        IReadOnlyList<string> authorities,
        IReadOnlyList<string> schemes,
        DateOnly today,
        string? officer = null
    )
    {
        var month = StatisticsPeriod.MonthSoFar(today);
        return new StatisticsAddress(
            from ?? StatisticsReport.DayKey(month.From),
            to ?? StatisticsReport.DayKey(month.To),
            Enum.TryParse<StatisticsGrouping>(grouping, ignoreCase: true, out var known) && Enum.IsDefined(known)
                ? known
                : StatisticsGrouping.Day,
            authority is not null && authorities.Contains(authority) ? authority : null,
            scheme is not null && schemes.Contains(scheme) ? scheme : null,
            SearchWords.Of(officer)
        );
    }

    /// <summary>What is asked for; null when the period is none.</summary>
    public StatisticsQuestion? Question =>
        StatisticsPeriod.Parse(From, To) is { } period
            ? new StatisticsQuestion(period, Authority, Scheme, Officer)
            : null;

    public string Path => (this with { Officer = null }).At(Base, []);

    /// <summary>The address of the list behind a number.</summary>
    /// <param name="part">Only this part of the figure, or null for all.</param>
    public string ListPath(Figure figure, string? part = null, int page = 1) =>
        At($"{Base}/list", [("figure", $"{figure}"), ("part", part), ("page", page == 1 ? null : $"{page}")]);

    private string At(string path, IEnumerable<(string Word, string? Value)> more) =>
        QueryHelpers.AddQueryString(
            path,
            new[]
            {
                ("from", From),
                ("to", To),
                ("by", $"{Grouping}".ToLowerInvariant()),
                ("authority", Authority),
                ("scheme", Scheme),
                ("officer", Officer),
            }
                .Concat(more)
                .Where(pair => !string.IsNullOrEmpty(pair.Item2))
                .Select(pair => new KeyValuePair<string, string?>(pair.Item1, pair.Item2))
        );

    /// <summary>The same figures of one row, by day; null where a row cannot be taken apart any further.</summary>
    public StatisticsAddress? Within(string key) =>
        Grouping switch
        {
            StatisticsGrouping.Day => From == key && To == key ? null : this with { From = key, To = key },
            StatisticsGrouping.Month => Month(key),
            StatisticsGrouping.Authority => this with { Authority = key, Grouping = StatisticsGrouping.Day },
            StatisticsGrouping.Scheme => this with { Scheme = key, Grouping = StatisticsGrouping.Day },
        };

    // A month that the period only touches stays cut where the period is.
    private StatisticsAddress? Month(string key)
    {
        if (Question is not { Period: var period } || StatisticsPeriod.ParseMonth(key) is not { } first)
        {
            return null;
        }
        var month = StatisticsPeriod.MonthOf(first);
        return this with
        {
            From = StatisticsReport.DayKey(month.From < period.From ? period.From : month.From),
            To = StatisticsReport.DayKey(month.To > period.To ? period.To : month.To),
            Grouping = StatisticsGrouping.Day,
        };
    }
}
