using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using AdminPortal.Web.Staff.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Staff;

/// <summary>What every page of the officers shares: who looks, how to act, and where to go when they may not any more.</summary>
public abstract class StaffPage : ComponentBase
{
    [Inject]
    private AuthenticationStateProvider Authentication { get; set; } = default!;

    [Inject]
    private Data.Accounts.Sessions Running { get; set; } = default!;

    [Inject]
    private CommandRunner Runner { get; set; } = default!;

    [Inject]
    protected FreshFactorDesk Asking { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected Words Words { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<StaffTexts> T { get; set; } = default!;

    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    /// <summary>For what the page shows. What a person may do is read anew by every act.</summary>
    [CascadingParameter]
    protected StaffProfile Profile { get; set; } = default!;

    /// <summary>
    /// Carries out an act. Not tied to the page's life: leaving the page must not take back what was pressed. When the
    /// account or the right is gone, the whole circuit is left; when the second factor is wanted anew, it is asked for and the act
    /// tried again (D-STEP-UP).
    /// </summary>
    protected async Task<Outcome<T>> ActAsync<T>(ICommand<T> command)
    {
        var who = await WhoAsync();
        var outcome = await Runner.RunAsync(command, who, CancellationToken.None);
        if (outcome is Outcome<T>.Refused { Refusal.Code: RefusalCode.FreshFactorNeeded } && await Asking.AskAsync())
        {
            outcome = await Runner.RunAsync(command, who, CancellationToken.None);
        }
        if (outcome is Outcome<T>.Refused { Refusal.Code: RefusalCode.AccountDisabled or RefusalCode.NotPermitted })
        {
            LeaveToSignIn(Navigation);
        }
        else if (who.Session is { } session)
        {
            await Running.TouchAsync(session, CancellationToken.None);
        }
        return outcome;
    }

    /// <summary>The signed-in member of staff; nobody when the session has ended.</summary>
    protected async Task<ActorRef> WhoAsync() =>
        (await Authentication.GetAuthenticationStateAsync()).User.StaffRef()
        ?? new ActorRef(ActorKind.Staff, Guid.Empty);

    /// <summary>A full load, so that the circuit and everything it shows ends.</summary>
    public static void LeaveToSignIn(NavigationManager navigation)
    {
        var back = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        navigation.NavigateTo($"/account/sign-in?returnUrl={Uri.EscapeDataString(back)}", forceLoad: true);
    }
}
