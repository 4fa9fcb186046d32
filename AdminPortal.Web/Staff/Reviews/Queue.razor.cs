using AdminPortal.Data.Casework;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Web.Staff.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>The officers' queue. Everything it shows is in the address, so that a link, Back and a reload show the same.</summary>
public sealed partial class Queue
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _left = new();
    private QueueAddress _address = new(new QueueQuery(QueueFilter.All));
    private IReadOnlyList<string> _officers = [];
    private IReadOnlyList<SavedViewRow> _views = [];
    private string? _number;
    private ElementReference _numberField;
    private QueuePage? _page;
    private DateTimeOffset? _nextDue;
    private Refusal? _refusal;
    private PageKeys? _keys;
    private bool _busy;

    [Inject]
    private QueuePages Pages { get; set; } = default!;

    [Inject]
    private SavedViewPages Views { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "filter")]
    private string? FilterWord { get; set; }

    [SupplyParameterFromQuery(Name = "authority")]
    private string? AuthorityWord { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? KindWord { get; set; }

    [SupplyParameterFromQuery(Name = "officer")]
    private string? OfficerWord { get; set; }

    [SupplyParameterFromQuery(Name = "number")]
    private string? NumberWord { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageWord { get; set; }

    private IReadOnlyList<(string, string)> Help =>
        [
            ("N", T["Key_Next"]),
            ("/", T["Key_Number"]),
            ("J ↓", T["Key_RowDown"]),
            ("K ↑", T["Key_RowUp"]),
            ("Enter", T["Key_Open"]),
            ("?", T["Keys"]),
        ];

    private QueueQuery Query => _address.Query;

    private bool IsNarrowed => Query with { Filter = QueueFilter.All, Page = 1 } != new QueueQuery(QueueFilter.All);

    private string EmptyKey =>
        Query.Text is not null ? "Empty_Number"
        : Query.Filter == QueueFilter.Decided ? "Empty_Decided"
        : "Empty_Title";

    // "All done" would be untrue for somebody who is shown nothing, or who looks at a part.
    private string EmptyTextKey =>
        Profile.Actor.Authorities.Count == 0 ? "Empty_NoAuthority"
        : IsNarrowed ? "Empty_Narrowed"
        : "Empty_NoneOpen";

    protected override async Task OnParametersSetAsync()
    {
        var address = QueueAddress.Of(
            FilterWord,
            KindWord,
            AuthorityWord,
            OfficerWord,
            NumberWord,
            PageWord,
            Profile.Actor.Authorities
        );
        if (_page is null || address != _address)
        {
            _address = address;
            _number = Query.Text;
            await ReadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !Profile.Actor.May(Permission.ViewReviews))
        {
            return;
        }
        _keys = new PageKeys(
            Js,
            ["n", "/"],
            key => InvokeAsync(() => key == "/" ? _numberField.FocusAsync().AsTask() : TakeNextAsync())
        );
        await _keys.AttachAsync();
        _ = RefreshAsync();
    }

    private async Task ReadAsync()
    {
        var who = await WhoAsync();
        if (_page is null)
        {
            _officers = await Pages.OfficersAsync(who, _left.Token);
            _views = await Views.ReadAsync(who.Id, _left.Token);
        }
        var page = await Pages.ReadAsync(who, Query, _left.Token);
        if (page is null && Profile.Actor.May(Permission.ViewReviews))
        {
            LeaveToSignIn(Navigation);
            return;
        }
        _page = page;
        // Only an empty list asks what comes next, so a busy queue does not pay for it.
        if (page is { Lines.Count: 0 })
        {
            var all = await Pages.ReadAsync(who, Query with { Filter = QueueFilter.All, Page = 1 }, _left.Token);
            _nextDue = all?.Lines.FirstOrDefault(line => line.DueAt > all.Now)?.DueAt;
        }
    }

    private async Task TakeNextAsync()
    {
        if (_busy)
        {
            return;
        }
        _busy = true;
        _refusal = null;
        switch (await ActAsync(new ClaimNextCase()))
        {
            case Outcome<Guid>.Done done:
                Navigation.NavigateTo($"/staff/reviews/{done.Value}");
                break;
            case Outcome<Guid>.Refused refused:
                _refusal = refused.Refusal;
                await ReadAsync();
                break;
        }
        _busy = false;
        StateHasChanged();
    }

    private void ChooseAuthority(ChangeEventArgs change) =>
        Narrow(Query with { Authority = NullWhenEmpty(change.Value) });

    private void ChooseOfficer(ChangeEventArgs change) => Narrow(Query with { Officer = NullWhenEmpty(change.Value) });

    private void ChooseKind(ChangeEventArgs change) =>
        Narrow(Query with { Kind = Enum.TryParse<CaseKind>(change.Value as string, out var kind) ? kind : null });

    private void Search() => Narrow(Query with { Text = QueueAddress.Cleaned(_number) });

    private void Narrow(QueueQuery query) =>
        Navigation.NavigateTo((_address with { Query = query with { Page = 1 } }).Path);

    private static string? NullWhenEmpty(object? value) => value is string { Length: > 0 } text ? text : null;

    private async Task<Refusal?> SaveViewAsync(string name)
    {
        var outcome = await ActAsync(new SaveView(name, _address.Saved));
        _views = await Views.ReadAsync((await WhoAsync()).Id, _left.Token);
        return (outcome as Outcome<Unit>.Refused)?.Refusal;
    }

    private async Task ForgetViewAsync(int place)
    {
        await ActAsync(new ForgetView(place));
        _views = await Views.ReadAsync((await WhoAsync()).Id, _left.Token);
    }

    // Nothing moves under the eyes of somebody who is on a row.
    private async Task RefreshAsync()
    {
        using var timer = new PeriodicTimer(RefreshEvery, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token))
            {
                if (_keys is not null && !await _keys.IsBusyAsync())
                {
                    await InvokeAsync(ReadAsync);
                    await InvokeAsync(StateHasChanged);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or JSDisconnectedException)
        {
            // The page was left.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        if (_keys is not null)
        {
            await _keys.DisposeAsync();
        }
    }
}
