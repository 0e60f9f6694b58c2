using System.Collections.Concurrent;
using System.Diagnostics;

namespace Engine.Commands;

/// <summary>
/// The engines that this process has started. They are ended with it, in the way that leaves their containers running.
/// </summary>
internal static class PrivateEngine
{
    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<int, EngineConnection> s_started = new();

    static PrivateEngine() => AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAll();

    /// <summary>Starts engined, apart from this session's terminal.</summary>
    /// <param name="program">engined, or engined.dll.</param>
    /// <param name="arguments">Its options.</param>
    /// <param name="log">The file that its output goes to.</param>
    public static Process Start(string program, IEnumerable<string> arguments, string log)
    {
        // setsid(1): Ctrl+C reaches every process of the terminal's foreground group, and is not meant for the engine.
        // exec all the way, so that the process that is started is the engine.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec setsid \"$@\" </dev/null >>\"$0\" 2>&1");
        start.ArgumentList.Add(log);
        if (program.EndsWith(".dll", StringComparison.Ordinal))
        {
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Has an engine stopped when this process ends.</summary>
    public static void Own(EngineConnection engine) => s_started[engine.ProcessId!.Value] = engine;

    /// <summary>Asks an engine to end, and waits until its process has.</summary>
    public static async Task StopAsync(EngineConnection engine, CancellationToken cancellationToken)
    {
        Process? process = Find(engine.ProcessId);
        await EngineClients.Of(engine).System.ShutdownAsync(cancellationToken).ConfigureAwait(false);
        if (process is not null)
        {
            using (process)
            {
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        if (engine.ProcessId is { } id)
        {
            s_started.TryRemove(id, out _);
        }

        EngineClients.Close(engine);
    }

    private static Process? Find(int? id)
    {
        try
        {
            return id is null ? null : Process.GetProcessById(id.Value);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void StopAll()
    {
        using var limit = new CancellationTokenSource(s_goodbye);
        Task.WhenAll(s_started.Values.Select(e => StopAsync(e, limit.Token)))
            .ContinueWith(static _ => { }, TaskScheduler.Default).Wait(s_goodbye);
    }
}
