using System.Globalization;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Feedback;
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

    /// <summary>What a part of a figure is called.</summary>
    public string PartOf(Figure figure, string part) =>
        figure switch
        {
            Figure.RefusalGrounds when Enum.TryParse<Ground>(part, out _) => Part(nameof(Ground), part),
            Figure.Reductions or Figure.PointsTakenOff when Enum.TryParse<ReductionRoute>(part, out _) => texts[
                $"Figure_Points{part}"
            ],
            Figure.FaceChecks
            or Figure.FaceChecksFailed
            or Figure.FaceChecksUnavailable when Enum.TryParse<FaceCheckPurpose>(part, out _) => Part(
                nameof(FaceCheckPurpose),
                part
            ),
            Figure.FeedbackReceived when Enum.TryParse<FeedbackKind>(part, out _) => Part(nameof(FeedbackKind), part),
            _ when Enum.TryParse<CaseKind>(part, out _) => Part(nameof(CaseKind), part),
            _ => part,
        };

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

/// <summary>The words of single figures.</summary>
internal static class FigureNames
{
    /// <summary>Under which name a figure is defined: seconds are shown as hours, parts as shares.</summary>
    public static string DefinitionId(this Figure figure) =>
        figure switch
        {
            Figure.StudySeconds => "StudyHours",
            Figure.CasesInTime => "ShareInTime",
            Figure.CasesUpheld => "ShareUpheld",
            _ => $"{figure}",
        };
}
