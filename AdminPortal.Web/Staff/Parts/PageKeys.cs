using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Parts;

/// <summary>
/// The keyboard of one page: the script tells keys by name, and only those the page asked for come through, whatever a
/// hostile browser sends (D11).
/// </summary>
public sealed class PageKeys(IJSRuntime js, IReadOnlyCollection<string> keys, Func<string, Task> pressed)
    : IAsyncDisposable
{
    private DotNetObjectReference<PageKeys>? _self;
    private IJSObjectReference? _module;
    private int _turn;
    private bool _left;

    public async Task AttachAsync()
    {
        _self = DotNetObjectReference.Create(this);
        var module = await js.InvokeAsync<IJSObjectReference>("import", "./staff/keys.js");
        // A quick person is on the next page before the script has come: its keys are not taken away, and nothing is used that is gone.
        if (!_left)
        {
            _turn = await module.InvokeAsync<int>("attach", _self, keys);
        }
        _module = module;
        if (_left)
        {
            await LeaveAsync();
        }
    }

    /// <summary>True while the person is on a row of the table, or the page is out of sight: nothing may change then.</summary>
    public async Task<bool> IsBusyAsync() => _module is not null && await _module.InvokeAsync<bool>("isBusy");

    /// <summary>A known key was pressed.</summary>
    [JSInvokable]
    public Task PressAsync(string? key) => key is not null && keys.Contains(key) ? pressed(key) : Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _left = true;
        return LeaveAsync();
    }

    private async ValueTask LeaveAsync()
    {
        try
        {
            if (_module is { } module)
            {
                _module = null;
                await module.InvokeVoidAsync("detach", _turn);
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone and its listeners with it.
        }
        _self?.Dispose();
    }
}
