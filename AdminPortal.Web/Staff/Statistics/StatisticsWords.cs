using System.Globalization;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Questions;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Staff.Statistics;

/// <summary>The words and numbers of the figures, on the page and in the report, in the language of the request.</summary>
public sealed class StatisticsWords(IStringLocalizer<StaffTexts> texts, Words words) : IStatisticsWords
{
    /// <summary>Stands where there is nothing a share could be a share of.</summary>
    public const string Nothing = "–";

    public string Text(string key, params object[] values) => texts[key, values];

    public string Part(string table, string part) =>
        // A driver reads what must hold; a list of refusals says what stood in the way.
        table == nameof(Ground)
            ? texts[$"RefusedFor_{part}"]
            : words[$"{table}_{part}"];

    public string In(BilingualText text) => text.In(words.English);

    /// <summary>A value as people read it.</summary>
    public static string Value(decimal? value, FigureFormat format) =>
        value is not { } number
            ? Nothing
            : format switch
            {
                FigureFormat.Count => number.ToString("#,##0", CultureInfo.InvariantCulture),
                FigureFormat.Hours => number.ToString("#,##0.0", CultureInfo.InvariantCulture),
                FigureFormat.Share => (number * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%",
            };
}
