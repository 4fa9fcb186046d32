using AdminPortal.Data.Audit;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Casework;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using AdminPortal.Web.Staff.Audit;
using AdminPortal.Web.Staff.Statistics;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Staff.Exports;

/// <summary>The words of exported lists, on the page and in the file.</summary>
public sealed class ListWords(IStringLocalizer<StaffTexts> texts, Words words, StatisticsWords figures) : IListWords
{
    public string Text(string key, params object[] values) => texts[key, values];

    public string Of<T>(T value)
        where T : struct, Enum => words.Of(value);

    public string Of(CaseKind kind, CaseState state) => words.Of(kind, state);

    public string PartOf(Figure figure, string part) => figures.PartOf(figure, part);

    public string ActOf(string act) => AuditActs.Text(texts, act);

    public string Instant(DateTimeOffset instant) => words.Instant(instant);

    public IEnumerable<(string Word, string Value)> Conditions(ExportQuestion question) =>
        (
            question switch
            {
                CasesAsked { Query: var query } => Of(query),
                BlacklistAsked { State: { } state } => [("Col_State", words.Of(state))],
                AttendancesAsked { State: { } state } => [("Col_State", words.Of(state))],
                FiguresAsked asked => Of(asked),
                AuditAsked { Search: var search } => Of(search),
                _ => [],
            }
        )
            .Where(condition => condition.Value is not null)
            .Select(condition => (texts[condition.Key].Value, condition.Value!));

    private IEnumerable<(string Key, string? Value)> Of(QueueQuery query) =>
        [
            ("Filters", texts[$"Filter_{query.Filter}"]),
            ("Col_Kind", query.Kind is { } kind ? words.Of(kind) : null),
            ("Authority", query.Authority),
            ("Col_Holder", query.Officer),
            ("Queue_Number", query.Text),
        ];

    private IEnumerable<(string Key, string? Value)> Of(FiguresAsked asked) =>
        [
            ("Export_Figure", texts[$"Figure_{asked.Figure.DefinitionId()}"]),
            ("Stat_Part", asked.Part is { } part ? PartOf(asked.Figure, part) : null),
            ("Report_From", StatisticsReport.DayKey(asked.Question.Period.From)),
            ("Report_To", StatisticsReport.DayKey(asked.Question.Period.To)),
            ("Authority", asked.Question.Authority),
            ("Stat_Scheme", asked.Question.Scheme),
            ("Stat_Officer", asked.Question.Officer),
        ];

    private IEnumerable<(string Key, string? Value)> Of(AuditSearch search) =>
        [
            ("Audit_Badge", search.ActorName),
            ("Audit_Act", search.Act is { } act ? ActOf(act) : null),
            ("Audit_Subject", search.SubjectId),
            ("Audit_Driver", search.DriverId?.ToString()),
            ("Audit_From", search.From is { } from ? StatisticsReport.DayKey(from) : null),
            ("Audit_To", search.To is { } to ? StatisticsReport.DayKey(to) : null),
        ];
}
