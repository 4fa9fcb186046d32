using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Races;

/// <summary>
/// What a race test must beat: the same race done naively, looking first and writing afterwards, with nothing in the database to
/// stop it. It must break the rule, else the race was none and the test proves nothing.
/// </summary>
internal static class NaiveControl
{
    /// <summary>Everybody looks; who finds nothing writes.</summary>
    /// <param name="look">A query that yields a count.</param>
    /// <returns>How many wrote.</returns>
    public static async Task<int> LookThenWriteAsync(
        TestPortal portal,
        int runners,
        string look,
        string write,
        params object[] values
    )
    {
        var everybodyLooked = new Barrier(runners);
        var wrote = await Race.RunAsync(
            runners,
            async _ =>
            {
                var found = await portal.ScalarAsync<long>(look, values);
                // All have looked before the first one writes: the worst case, without waiting for luck.
                await Task.Factory.StartNew(everybodyLooked.SignalAndWait, TaskCreationOptions.LongRunning);
                return found > 0 ? 0 : await portal.ExecuteAsync(write, values);
            }
        );
        return wrote.Sum();
    }
}
