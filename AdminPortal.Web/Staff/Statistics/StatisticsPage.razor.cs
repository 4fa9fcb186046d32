using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using AdminPortal.Web.Staff.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Statistics;

/// <summary>The officers' figures. Everything the page shows is in its address, so that a link, Back and a reload show the same.</summary>
public sealed partial class StatisticsPage
{
    private string _from = "";
    private string _to = "";
    private StatisticsGrouping _grouping;
    private string _authority = "";
    private string _scheme = "";
    private StatisticsAddress? _address;
    private StatisticsReport? _report;
    private IReadOnlyList<StatisticsGroup> _groups = [];
    private bool _counting;
    private PageKeys? _keys;

    [Inject]
    private StatisticsPages Pages { get; set; } = default!;

    [Inject]
    private SchemeCatalogue Schemes { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "from")]
    private string? FromWord { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? ToWord { get; set; }

    [SupplyParameterFromQuery(Name = "by")]
    private string? ByWord { get; set; }

    [SupplyParameterFromQuery(Name = "authority")]
    private string? AuthorityWord { get; set; }

    [SupplyParameterFromQuery(Name = "scheme")]
    private string? SchemeWord { get; set; }

    [SupplyParameterFromQuery(Name = "refused")]
    private string? RefusedWord { get; set; }

    private IReadOnlyList<string> SchemeIds => [.. Schemes.All.Select(scheme => scheme.Id).Distinct()];

    private DateOnly Today => ChinaTime.DateOf(Clock.GetUtcNow());

    // The report of the month one looks at; of this month when that is none.
    private string Month => StatisticsReport.MonthKey(_address?.Question?.Period.From ?? Today);

    private string? Invalid => _address?.Question is null ? "true" : null;

    private string? ErrorId => _address?.Question is null ? "period-error" : null;

    // Casework has no scheme: neither chosen nor as a row.
    private static bool ShowsCases(StatisticsAddress address) =>
        address.Scheme is null && address.Grouping != StatisticsGrouping.Scheme;

    protected override async Task OnParametersSetAsync()
    {
        if (!Profile.Actor.May(Permission.ViewStatistics))
        {
            return;
        }
        var address = StatisticsAddress.Of(
            FromWord,
            ToWord,
            ByWord,
            AuthorityWord,
            SchemeWord,
            Profile.Actor.Authorities,
            SchemeIds,
            Today
        );
        if (address == _address)
        {
            return;
        }
        (_address, _from, _to, _grouping) = (address, address.From, address.To, address.Grouping);
        (_authority, _scheme) = (address.Authority ?? "", address.Scheme ?? "");
        await ReadAsync(address);
    }

    private async Task ReadAsync(StatisticsAddress address)
    {
        _counting = address.Question is not null;
        _report = address.Question is { } question
            ? await Pages.ReadAsync(await WhoAsync(), question, CancellationToken.None)
            : null;
        if (_report is null && address.Question is not null)
        {
            // The right is gone since the page was opened.
            LeaveToSignIn(Navigation);
        }
        _counting = false;
        _groups = _report?.By(address.Grouping) ?? [];
    }

    // The same question again: the address does not change, the figures may have.
    private async Task SubmitAsync()
    {
        var asked = new StatisticsAddress(
            _from,
            _to,
            _grouping,
            _authority.Length == 0 ? null : _authority,
            _scheme.Length == 0 ? null : _scheme
        );
        if (asked == _address)
        {
            await ReadAsync(asked);
            return;
        }
        Navigation.NavigateTo(asked.Path);
    }

    private string QueuePath(string? filter)
    {
        var query = new Dictionary<string, string?> { ["filter"] = filter, ["authority"] = _address?.Authority };
        return QueryHelpers.AddQueryString("/staff/reviews", query.Where(pair => pair.Value is not null));
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // No keys of its own; the module also serves the menus and the print button.
            _keys = new PageKeys(Js, [], _ => Task.CompletedTask);
            await _keys.AttachAsync();
        }
    }

    public ValueTask DisposeAsync() => _keys?.DisposeAsync() ?? ValueTask.CompletedTask;
}
