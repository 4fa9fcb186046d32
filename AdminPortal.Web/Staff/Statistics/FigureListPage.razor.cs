using System.Globalization;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using AdminPortal.Web.Shared;
using AdminPortal.Web.Staff.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Statistics;

/// <summary>What a figure counted, one line each: as long as the number one came from.</summary>
public sealed partial class FigureListPage
{
    private StatisticsAddress? _address;
    private Figure? _figure;
    private string? _part;
    private int _page = 1;
    private FigureList? _list;
    private PageKeys? _keys;

    [Inject]
    private StatisticsPages Pages { get; set; } = default!;

    [Inject]
    private StatisticsWords Texts { get; set; } = default!;

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

    [SupplyParameterFromQuery(Name = "figure")]
    private string? FigureWord { get; set; }

    [SupplyParameterFromQuery(Name = "part")]
    private string? PartWord { get; set; }

    [SupplyParameterFromQuery(Name = "officer")]
    private string? OfficerWord { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageWord { get; set; }

    private bool HasParts => _list is { } list && list.Lines.Any(line => line.Part.Length > 0);

    protected override async Task OnParametersSetAsync()
    {
        if (!Profile.Actor.May(Permission.ViewStatistics))
        {
            return;
        }
        _figure =
            Enum.TryParse<Figure>(FigureWord, out var figure) && Enum.IsDefined(figure) && !char.IsDigit(FigureWord![0])
                ? figure
                : null;
        _part = SearchWords.Of(PartWord);
        // Deep pages of a year do not exist; a huge number would only overflow the offset.
        _page = Math.Clamp(int.TryParse(PageWord, out var number) ? number : 1, 1, 100_000);
        _address = StatisticsAddress.Of(
            FromWord,
            ToWord,
            ByWord,
            AuthorityWord,
            SchemeWord,
            Profile.Actor.Authorities,
            [.. Schemes.All.Select(scheme => scheme.Id).Distinct()],
            ChinaTime.DateOf(Clock.GetUtcNow()),
            OfficerWord
        );
        if (_figure is not { } listed || _address.Question is not { } question)
        {
            return;
        }
        _list = await Pages.ListAsync(await WhoAsync(), question, listed, _part, _page, CancellationToken.None);
        if (_list is null)
        {
            // The right is gone since the page was opened.
            LeaveToSignIn(Navigation);
        }
    }

    private string Title(Figure figure) =>
        _part is null
            ? T[$"Figure_{figure.DefinitionId()}"]
            : $"{T[$"Figure_{figure.DefinitionId()}"]} · {PartText(_part)}";

    private string Amount(long amount) =>
        _figure == Figure.StudySeconds
            ? StatisticsWords.Value(amount / 3600m, FigureFormat.Hours)
            : amount.ToString("#,##0", CultureInfo.InvariantCulture);

    private string PartText(string part) => _figure is { } figure ? Texts.PartOf(figure, part) : part;

    private static bool IsCase(Figure? figure) => figure is { } known && !known.HasScheme();

    private string Name(FigureListLine line) => IsCase(_figure) ? CaseNumber.Of(line.Subject) : $"{line.Subject}";

    private string? PathOf(FigureListLine line) =>
        IsCase(_figure) && Profile.Actor.May(Permission.ViewReviews) ? $"/staff/reviews/{line.Subject}"
        : line.Part is nameof(ReductionRoute.OnSite) or nameof(ReductionRoute.PublicService)
        && Profile.Actor.May(Permission.RecordAttendances)
            ? $"/staff/attendances/{line.Subject}"
        : null;

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
