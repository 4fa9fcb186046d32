using AdminPortal.Data.Casework;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Web.Staff.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>The officers' queue. Everything it shows is in the address, so that a link, Back and a reload show the same.</summary>
public sealed partial class Queue
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _left = new();
    private QueueAddress _address = new(QueueFilter.All, null, 1);
    private QueuePage? _page;
    private DateTimeOffset? _nextDue;
    private Refusal? _refusal;
    private PageKeys? _keys;
    private bool _busy;

    [Inject]
    private QueuePages Pages { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "filter")]
    private string? FilterWord { get; set; }

    [SupplyParameterFromQuery(Name = "authority")]
    private string? AuthorityWord { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageWord { get; set; }

    private IReadOnlyList<(string, string)> Help =>
        [
            ("N", T["Key_Next"]),
            ("J ↓", T["Key_RowDown"]),
            ("K ↑", T["Key_RowUp"]),
            ("Enter", T["Key_Open"]),
            ("?", T["Keys"]),
        ];

    private string EmptyKey => _address.Filter == QueueFilter.Decided ? "Empty_Decided" : "Empty_Title";

    // "All done" would be untrue for somebody who is shown nothing.
    private string EmptyTextKey => Profile.Actor.Authorities.Count == 0 ? "Empty_NoAuthority" : "Empty_NoneOpen";

    protected override async Task OnParametersSetAsync()
    {
        var page = int.TryParse(PageWord, out var number) ? number : (int?)null;
        var address = QueueAddress.Of(FilterWord, AuthorityWord, page, Profile.Actor.Authorities);
        if (_page is null || address != _address)
        {
            _address = address;
            await ReadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !Profile.Actor.May(Permission.ViewReviews))
        {
            return;
        }
        _keys = new PageKeys(Js, ["n"], key => InvokeAsync(TakeNextAsync));
        await _keys.AttachAsync();
        _ = RefreshAsync();
    }

    private async Task ReadAsync()
    {
        var who = await WhoAsync();
        var page = await Pages.ReadAsync(who, _address.Filter, _address.Authority, _address.Page, _left.Token);
        if (page is null && Profile.Actor.May(Permission.ViewReviews))
        {
            LeaveToSignIn(Navigation);
            return;
        }
        _page = page;
        // Only an empty list asks what comes next, so a busy queue does not pay for it.
        if (page is { Lines.Count: 0 })
        {
            var all = await Pages.ReadAsync(who, QueueFilter.All, _address.Authority, 1, _left.Token);
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
        Navigation.NavigateTo((_address with { Authority = change.Value as string, Page = 1 }).Path);

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
