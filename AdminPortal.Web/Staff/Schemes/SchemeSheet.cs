using System.Collections;
using System.Reflection;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Staff.Schemes;

/// <summary>One number or choice of a scheme in words, with its rule; both null where the scheme has none.</summary>
public sealed record SchemeFact(string? Value, string? Rule);

/// <summary>One line of the sheet, in the schemes that are shown.</summary>
public sealed record SchemeRow(string Label, IReadOnlyList<SchemeFact> Facts)
{
    /// <summary>True when the schemes do not say the same; a rule of another name alone is no difference.</summary>
    public bool Differs => Facts.Select(fact => fact.Value).Distinct().Count() > 1;
}

/// <summary>
/// Every number of a scheme as a table. The lines are read from the record itself: a number that is added to schemes appears here
/// without being asked, and a test demands its words.
/// </summary>
public sealed class SchemeSheet(IStringLocalizer<StaffTexts> texts, Words words)
{
    /// <summary>What a scheme says, besides its name, its dates and its grounds.</summary>
    public static IReadOnlyList<PropertyInfo> Properties { get; } =
    [
        .. typeof(Scheme)
            .GetProperties()
            .Where(property =>
                property.PropertyType == typeof(Period)
                || (
                    property.PropertyType.IsGenericType
                    && property.PropertyType.GetGenericTypeDefinition() == typeof(Ruled<>)
                )
            ),
    ];

    /// <summary>The numbers, then the grounds that are evaluated before a round begins.</summary>
    public IReadOnlyList<SchemeRow> Rows(IReadOnlyList<Scheme> schemes) =>
        [
            .. Properties.Select(property => new SchemeRow(
                texts[$"Scheme_{property.Name}"],
                [.. schemes.Select(scheme => FactOf(property.Name, property.GetValue(scheme)))]
            )),
            .. Enum.GetValues<Ground>()
                .Where(ground => schemes.Any(scheme => scheme.Grounds.Any(g => g.Value == ground)))
                .Select(ground => new SchemeRow(
                    texts["Scheme_Ground", words.NameOf(ground)],
                    [.. schemes.Select(scheme => GroundOf(scheme, ground))]
                )),
        ];

    /// <summary>The document a rule id stands for.</summary>
    public string SourceOf(string rule) =>
        texts[
            rule switch
            {
                ['N', '-', 'n', ..] => "SchemeSource_Norm",
                ['N', '-', ..] => "SchemeSource_N",
                ['S', '0', ..] => "SchemeSource_S0",
                ['S', '1', ..] => "SchemeSource_S1",
                ['S', '2', ..] => "SchemeSource_S2",
                _ => "SchemeSource_D",
            }
        ];

    private SchemeFact GroundOf(Scheme scheme, Ground ground) =>
        scheme.Grounds.FirstOrDefault(g => g.Value == ground) is { } found
            ? new SchemeFact(texts["Scheme_GroundYes"], found.Rule)
            : new SchemeFact(null, null);

    private SchemeFact FactOf(string name, object? value) =>
        value switch
        {
            null => new SchemeFact(null, null),
            Period period => new SchemeFact(TextOf(period), period.Rule),
            _ => new SchemeFact(
                TextOf(name, value.GetType().GetProperty("Value")!.GetValue(value)!),
                (string)value.GetType().GetProperty("Rule")!.GetValue(value)!
            ),
        };

    private string TextOf(string name, object value) =>
        value switch
        {
            0 when name == nameof(Scheme.SmallestStretchMinutes) => texts["SchemeValue_Any"],
            int number => texts[$"SchemeValue_{name}", number],
            PaperMix mix => texts["SchemeValue_PaperMix", mix.TrueFalse, mix.Single, mix.Multiple, mix.Total],
            AttendanceRoute route => texts[
                route.HasExam ? "SchemeValue_RouteExam" : "SchemeValue_Route",
                route.Minutes,
                route.Points
            ],
            OfficeHours hours => $"{words.Clock(hours.From)}–{words.Clock(hours.To)}",
            Enum one => TextOf(one),
            IEnumerable many => many.Cast<Enum>().ToList() is { Count: > 0 } list
                ? string.Join(texts["Comma"], list.Select(TextOf))
                : texts["Scheme_Nothing"],
            _ => throw new NotSupportedException($"A scheme has a value of type {value.GetType().Name}: {name}."),
        };

    private string TextOf(Enum value) =>
        value is FaceCheckPurpose purpose ? words.Of(purpose) : texts[$"Scheme{value.GetType().Name}_{value}"];

    private string TextOf(Period period) =>
        texts[$"SchemePeriod_{period.Unit}", period.Count]
        + (period.FromSameDay ? texts["SchemePeriod_SameDay"] : "")
        + (period.RollsOver ? texts["SchemePeriod_RollsOver"] : "");
}
