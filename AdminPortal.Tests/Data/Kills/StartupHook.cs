using AdminPortal.Tests.Data.Kills;

/// <summary>
/// Where the runtime begins when this assembly is started as the program of <see cref="KillTests"/> (DOTNET_STARTUP_HOOKS): the
/// entry point is another command's. The name and the missing namespace are the runtime's rule.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (KillWorker.IsAskedFor)
        {
            KillWorker.RunAsync().GetAwaiter().GetResult();
            Environment.Exit(0);
        }
    }
}
