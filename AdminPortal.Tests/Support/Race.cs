namespace AdminPortal.Tests.Support;

/// <summary>Does the same many times at once.</summary>
public static class Race
{
    /// <summary>Starts all runners, lets them go together and waits for all of them.</summary>
    public static async Task<IReadOnlyList<T>> RunAsync<T>(int count, Func<int, Task<T>> run)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var runners = Enumerable.Range(0, count).Select(RunnerAsync).ToList();
        start.SetResult();
        return await Task.WhenAll(runners);

        async Task<T> RunnerAsync(int number)
        {
            await start.Task;
            return await run(number);
        }
    }
}
