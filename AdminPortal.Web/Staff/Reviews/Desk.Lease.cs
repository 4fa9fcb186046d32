using AdminPortal.Data.Casework;
using AdminPortal.Domain;
using AdminPortal.Domain.Casework;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>The claim under the officer's hands: it lives on while they work and is offered anew when they paused.</summary>
public sealed partial class Desk
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _left = new();
    private DateTimeOffset _now;
    private DateTimeOffset _lastTouch;

    private void Touch() => _lastTouch = Clock.GetUtcNow();

    private Task RenewAsync() => ChangeAsync(new RenewClaim(Id), CaseAct.Renew);

    private async Task WatchLeaseAsync()
    {
        using var timer = new PeriodicTimer(LookEvery, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_left.Token))
            {
                await InvokeAsync(TickAsync);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or JSDisconnectedException)
        {
            // The page was left.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task TickAsync()
    {
        _now = Clock.GetUtcNow();
        // Not while a decision waits for its yes: renewing raises the version, and the yes belongs to what is on the screen.
        if (IsHolder && !_busy && !_confirming && _now - _lastTouch < RenewEvery && _desk!.LeaseUntil is { } end)
        {
            var left = end - _now;
            if (left > TimeSpan.Zero && left <= Case.Lease - RenewEvery)
            {
                await KeepClaimAsync();
            }
        }
        StateHasChanged();
    }

    // Silent: the officer did not ask for it and need not be told. The desk is read again for its new version.
    private async Task KeepClaimAsync()
    {
        _busy = true;
        if (await ActAsync(new RenewClaim(Id)) is Outcome<DateTimeOffset>.Refused refused)
        {
            _refusal = refused.Refusal;
        }
        await LoadAsync();
        _busy = false;
    }
}
