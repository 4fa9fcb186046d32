using AdminPortal.Data.Exports;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Exports;
using AdminPortal.Web.Shared;
using AdminPortal.Web.Staff.Audit;
using AdminPortal.Web.Staff.Reviews;
using AdminPortal.Web.Staff.Statistics;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AdminPortal.Web.Staff.Exports;

/// <summary>
/// The address of the form that exports a list: the word for the list, and then what the list's own address said. So a list and its
/// export are narrowed by the same words, read by the same code.
/// </summary>
public static class ExportAddress
{
    public const string Base = "/staff/exports";
    private const string Word = "list";

    private static readonly (ExportedList List, string Word)[] Lists =
    [
        (ExportedList.Cases, "cases"),
        (ExportedList.Blacklist, "blacklist"),
        (ExportedList.Attendances, "attendances"),
        (ExportedList.Figures, "figures"),
        (ExportedList.Audit, "audit"),
    ];

    /// <param name="listPath">The address of the list as it is shown; its query string goes with it.</param>
    public static string PathOf(ExportedList list, string listPath)
    {
        var query = listPath.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? listPath[(at + 1)..] : "";
        var word = Lists.Single(known => known.List == list).Word;
        return $"{Base}/new?{Word}={word}{(query.Length > 0 ? "&" : "")}{query}";
    }

    /// <summary>What the address asks for; null when it is no list.</summary>
    /// <param name="authorities">Those of the officer: no other one is a word.</param>
    /// <param name="schemes">The ids there are.</param>
    public static ExportQuestion? Parse(
        string query,
        IReadOnlyList<string> authorities,
        IReadOnlyList<string> schemes,
        DateOnly today
    )
    {
        var words = QueryHelpers.ParseQuery(query);
        return Lists.Any(known => known.Word == Of(Word))
            ? Lists.Single(known => known.Word == Of(Word)).List switch
            {
                ExportedList.Cases => new CasesAsked(
                    QueueAddress
                        .Of(Of("filter"), Of("kind"), Of("authority"), Of("officer"), Of("number"), null, authorities)
                        .Query
                ),
                ExportedList.Blacklist => new BlacklistAsked(State<BlacklistState>(Of("state"))),
                ExportedList.Attendances => new AttendancesAsked(State<AttendanceState>(Of("state"))),
                ExportedList.Figures => Figures(Of, authorities, schemes, today),
                ExportedList.Audit => new AuditAsked(
                    AuditAddress
                        .Of(Of("badge"), Of("act"), Of("subject"), Of("driver"), null, Of("from"), Of("to"))
                        .Search
                ),
            }
            : null;

        string? Of(string word) => words.TryGetValue(word, out StringValues value) ? value[0] : null;
    }

    private static FiguresAsked? Figures(
        Func<string, string?> of,
        IReadOnlyList<string> authorities,
        IReadOnlyList<string> schemes,
        DateOnly today
    )
    {
        var address = StatisticsAddress.Of(
            of("from"),
            of("to"),
            of("by"),
            of("authority"),
            of("scheme"),
            authorities,
            schemes,
            today,
            of("officer")
        );
        return State<Figure>(of("figure")) is { } figure && address.Question is { } question
            ? new FiguresAsked(question, figure, SearchWords.Of(of("part")))
            : null;
    }

    private static T? State<T>(string? word)
        where T : struct, Enum =>
        word is { Length: > 0 }
        && !char.IsDigit(word[0])
        && Enum.TryParse<T>(word, ignoreCase: true, out var state)
        && Enum.IsDefined(state)
            ? state
            : null;
}
