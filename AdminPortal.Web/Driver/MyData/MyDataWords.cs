using System.Globalization;
using AdminPortal.Data.Exports;
using AdminPortal.Data.MyData;
using AdminPortal.Data.Sections;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Time;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Driver.MyData;

/// <summary>The words for a driver's data on pages and in files, in the language of the request.</summary>
public sealed class MyDataWords(IStringLocalizer<DriverTexts> texts, Words words, StudyReader studies)
    : IPersonalDataWords
{
    private StudyContents? _studies;

    /// <summary>What people or the police wrote, and numbers given to things: the same in every language.</summary>
    private static readonly HashSet<string> Written =
    [
        "Name",
        "Authority",
        "Plate",
        "Place",
        "Reason",
        "DecisionReason",
        "Unit",
        "Number",
        "Classes",
        "Status",
        "Scheme",
        "Rule",
        "VoidedBy",
        "Chosen",
        "Code",
        "CaseNumber",
        "PhotoId",
        "Text",
    ];

    /// <summary>Reads the titles of sections, in use or not. Without them a section is told by its id.</summary>
    public async Task ReadTitlesAsync(CancellationToken ct) => _studies = await studies.ReadAsync(ct);

    public string Language => words.Language;

    public (string Tab, IReadOnlyList<string> Headers) Contents =>
        (
            texts["MyData_Contents"],
            [
                texts["MyData_Category"],
                texts["MyData_Purpose"],
                texts["MyData_Source"],
                texts["MyData_Kept"],
                texts["MyData_Rows"],
            ]
        );

    public CategoryWords Category(string table) =>
        new(
            texts[$"Data_{table}"],
            texts[$"Data_{table}_Purpose"],
            texts[$"Data_{table}_Source"],
            texts[$"Data_{table}_Kept"]
        );

    public string Column(string column) => texts[$"Column_{column}"];

    /// <summary>True for a column whose values are not words of the product.</summary>
    public static bool IsWritten(string column) => Written.Contains(column);

    /// <summary>An act in words a driver understands.</summary>
    public string Did(string act) => texts[$"Did_{act}"];

    public object? Value(string column, object? value) =>
        value switch
        {
            bool truth => texts[truth ? "Value_Yes" : "Value_No"].Value,
            Enum member => words[$"{member.GetType().Name}_{member}"],
            ActName act => Did(act.Name),
            GroundFinding finding => words.Of(finding),
            Guid id => id.ToString("N"),
            object[] list => string.Join(words.English ? ", " : "、", list.Select(item => Value(column, item))),
            string id when column == "Section" => _studies?.TitleOf(id, words.English) ?? id,
            _ => value,
        };

    /// <summary>A value as a cell of a page shows it: dates in figures, on the clock of China.</summary>
    public string Shown(string column, object? value) =>
        value switch
        {
            null => "—",
            DateTimeOffset instant => ChinaTime
                .Local(instant)
                .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => Convert.ToString(Value(column, value), CultureInfo.InvariantCulture) ?? "",
        };
}
