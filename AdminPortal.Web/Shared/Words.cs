using System.Globalization;
using System.Text.RegularExpressions;
using AdminPortal.Domain;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Time;
using AdminPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Shared;

/// <summary>The product's words in the language of the request: refusals, states, grounds, dates.</summary>
public sealed class Words(IStringLocalizer<SharedTexts> texts)
{
    /// <summary>True when the request is in English.</summary>
    public bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The value of the lang attribute.</summary>
    public string Language => English ? "en" : "zh-CN";

    public string this[string key] => texts[key];

    /// <summary>The word for an enum member, by its type and name.</summary>
    public string Of<T>(T value)
        where T : struct, Enum => texts[$"{typeof(T).Name}_{value}"];

    /// <summary>Where a case stands, in the words of its kind: a review is upheld, feedback is answered, a lead is dismissed.</summary>
    public string Of(CaseKind kind, CaseState state) =>
        HasWords(kind) && !CaseTable.IsOpen(state) ? texts[$"CaseState_{kind}_{state}"] : Of(state);

    /// <summary>What happened to a case, in the words of its kind.</summary>
    public string Of(CaseKind kind, CaseAct act) =>
        HasWords(kind) && act is (CaseAct.Open or CaseAct.Uphold or CaseAct.Reject)
        || kind == CaseKind.Lead && act is (CaseAct.AdviseUphold or CaseAct.AdviseReject)
            ? texts[$"CaseAct_{kind}_{act}"]
            : Of(act);

    private static bool HasWords(CaseKind kind) => kind is CaseKind.Feedback or CaseKind.Lead;

    /// <summary>Why an act was refused, in words.</summary>
    public string Of(Refusal refusal) => texts[$"Refusal_{refusal.Code}", [.. refusal.Facts.Select(Fact)]];

    /// <summary>A ground with what was found.</summary>
    public string Of(GroundFinding finding) => texts[$"Ground_{finding.Ground}", Finding(finding)];

    /// <summary>A ground without anything found: what stands in brackets about a driver is left out.</summary>
    public string NameOf(Ground ground) =>
        Regex.Replace(texts[$"Ground_{ground}", "\u0001"], "[（(][^（(]*\u0001[^）)]*[）)]|\u0001", "").Trim();

    /// <summary>What the driver can do about a failed ground.</summary>
    public string AdviceOn(GroundFinding finding) => texts[$"Ground_{finding.Ground}_Advice"];

    public string Instant(DateTimeOffset instant) => TimeText.Instant(instant, English);

    public string LastMoment(DateTimeOffset instant) => TimeText.LastMoment(instant, English);

    public string Day(DateOnly day) => TimeText.Day(day, English);

    /// <summary>A time of day: 09:00.</summary>
    public string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The size of a file: 12 KB, 3.4 MB; counted as limits of uploads are.</summary>
    public static string Size(long bytes) =>
        bytes < 1024 * 1024
            ? string.Create(CultureInfo.InvariantCulture, $"{(bytes + 1023) / 1024} KB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576m:0.0} MB");

    public string Span(TimeSpan span) => TimeText.Span(span, English);

    private object Fact(object fact) =>
        fact switch
        {
            DateTimeOffset instant => LastMoment(instant),
            DateOnly day => Day(day),
            QuestionType type => Of(type),
            _ => fact,
        };

    private string Finding(GroundFinding finding)
    {
        if (finding.Finding.Length == 0)
        {
            return "";
        }
        return finding.Ground switch
        {
            Ground.HasPoints
            or Ground.BelowFullMark
            or Ground.BelowCap
            or Ground.ViolationsHandled
            or Ground.FullMarkThisCycle
            or Ground.FullMarkPreviousCycle
            or Ground.NotInProbation
            or Ground.AuthorityIsOpen => finding.Finding,
            Ground.LicenceStatus => InBrackets(
                string.Join(
                    English ? ", " : "、",
                    finding.Finding.Select(letter => texts[$"LicenceStatus_{letter}"].Value)
                )
            ),
            Ground.NoSeriousOffence
            or Ground.VehiclesInOrder
            or Ground.NoFraud
            or Ground.NoFraudInThreeCycles
            or Ground.NotBlacklisted
            or Ground.LicenceIsDomestic
            or Ground.NoOpenRound => InBrackets(finding.Finding),
        };
    }

    private string InBrackets(string text) => English ? $"({text})" : $"（{text}）";
}
