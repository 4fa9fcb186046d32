namespace AdminPortal.Tests.Simulation.Checks;

/// <summary>What holds for every act, whatever it is.</summary>
internal static class ActChecks
{
    public static string? Crashes(Sight s) => s.Error is { } error ? $"{error.GetType().Name}: {error.Message}" : null;

    public static string? RefusalChangesNothing(Sight s) =>
        !s.Reply.IsDone && s.Before != s.After ? $"{s.Act} refused with {s.Reply.Refused} left a trace" : null;

    public static string? RepeatChangesNothing(Sight s) =>
        s.IsRepeat && s.Before != s.After ? $"{s.Act} done twice is not {s.Act} done once" : null;
}
