using System.Collections.Concurrent;
using AdminPortal.Data.Accounts;
using AdminPortal.Domain.Access;
using AdminPortal.Web.Shared;
using AdminPortal.Web.Staff.Parts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AdminPortal.Web.Hosting;

/// <summary>The interactive side: how many circuits, how long they are kept, and who they still belong to.</summary>
public static class Circuits
{
    /// <summary>
    /// The largest message of a browser: a study section in both languages, as it is typed and as it is put back after a lost circuit.
    /// The framework's own limit is a quarter of it.
    /// </summary>
    public const long LargestMessage = 128 * 1024;

    public static void AddPortalCircuits(this IRazorComponentsBuilder components)
    {
        var interactive = components.AddInteractiveServerComponents(o =>
        {
            o.DetailedErrors = false;
            o.DisconnectedCircuitMaxRetained = 200;
            o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            // The framework would keep the state of 1,000 circuits for two hours: personal data nobody looks at any more.
            o.PersistedCircuitInMemoryMaxRetained = 0;
            o.PersistedCircuitInMemoryRetentionPeriod = TimeSpan.FromSeconds(1);
        });
        interactive.AddHubOptions(o => o.MaximumReceiveMessageSize = LargestMessage);
        components.Services.AddCascadingAuthenticationState();
        components.Services.AddScoped<AuthenticationStateProvider, RevalidatingStaff>();
        components.Services.AddSingleton<CircuitCount>();
        components.Services.AddScoped<CircuitSeat>();
        components.Services.AddScoped<FreshFactorDesk>();
        components.Services.AddScoped<CircuitHandler, CircuitLimit>();
    }
}

/// <summary>
/// Ends what a circuit shows soon after the account was closed or the session ended. What it may do is decided by every command anew; this is
/// the net below.
/// </summary>
internal sealed class RevalidatingStaff(ILoggerFactory logs, StaffProfiles profiles)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    ) =>
        authenticationState.User.StaffRef() is { Kind: ActorKind.Staff } staff
        && await profiles.ReadAsync(staff, cancellationToken) is not null;
}

/// <summary>Open circuits per person, over the whole process.</summary>
internal sealed class CircuitCount
{
    /// <summary>Enough for several screens, too few to wear the server out.</summary>
    public const int PerPerson = 8;

    private readonly ConcurrentDictionary<Guid, int> _open = new();

    /// <summary>How many the person has open now, this one included.</summary>
    public int Enter(Guid person) => _open.AddOrUpdate(person, 1, (_, count) => count + 1);

    public void Leave(Guid person) => _open.AddOrUpdate(person, 0, (_, count) => Math.Max(0, count - 1));
}

/// <summary>Whether this circuit is one of those the person may have; the layout shows nothing else when it is not.</summary>
public sealed class CircuitSeat
{
    public bool IsGranted { get; internal set; } = true;
}

/// <summary>
/// Counts the windows. One too many says so and shows nothing; far too many, which no person opens, are refused without a word.
/// </summary>
internal sealed class CircuitLimit(CircuitCount count, CircuitSeat seat, AuthenticationStateProvider authentication)
    : CircuitHandler
{
    private Guid? _person;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _person = (await authentication.GetAuthenticationStateAsync()).User.StaffRef()?.Id;
        if (_person is not { } person)
        {
            return;
        }
        var open = count.Enter(person);
        seat.IsGranted = open <= CircuitCount.PerPerson;
        if (open > 2 * CircuitCount.PerPerson)
        {
            throw new InvalidOperationException("Too many open windows of one person.");
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_person is { } person)
        {
            count.Leave(person);
        }
        return Task.CompletedTask;
    }
}
