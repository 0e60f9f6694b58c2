using System.Diagnostics;

namespace Engine.Commands.Tests;

/// <summary>Waits for what another thread or process does.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    public static async Task True(Func<bool> condition, string otherwise, TimeSpan? every = null)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(every ?? TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            Assert.True(watch.Elapsed < s_limit, otherwise);
            await timer.WaitForNextTickAsync();
        }
    }
}
