namespace AdminPortal.Tests.Support;

/// <summary>One web program for the tests of a class that only look.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public PortalServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PortalServer.StartAsync(TestClock.China(2026, 3, 10, 10));

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
