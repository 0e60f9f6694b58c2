namespace Engine.Integration.Tests.Harness;

/// <summary>
/// How long tests wait for what must happen: far more than it takes, so that only a defect reaches a limit.
/// </summary>
internal static class Limit
{
    public static readonly TimeSpan Call = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan EngineStart = TimeSpan.FromSeconds(30);

    /// <summary>
    /// For what the kernel finishes by itself after the engine has answered: a monitor's exit, a lazy unmount.
    /// </summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    /// <summary>What a machine that does other work at the same time may add to a time that is promised.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <summary>Waits for a condition that no event announces.</summary>
    /// <param name="condition">Asked every few milliseconds.</param>
    /// <param name="limit">When to give up.</param>
    /// <param name="failure">What to say then.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task UntilAsync(
        Func<Task<bool>> condition, TimeSpan limit, Func<string> failure, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                Assert.Fail($"{failure()} (waited {limit.TotalSeconds:0.#} s)");
            }

            await Task.Delay(5, cancellationToken);
        }
    }

    public static Task UntilAsync(
        Func<bool> condition, TimeSpan limit, Func<string> failure, CancellationToken cancellationToken) =>
        UntilAsync(() => Task.FromResult(condition()), limit, failure, cancellationToken);
}
