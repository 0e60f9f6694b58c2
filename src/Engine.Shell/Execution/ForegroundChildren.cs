using System.Globalization;
using System.Runtime.InteropServices;

namespace Engine.Shell.Execution;

/// <summary>
/// Passes a signal on to the native commands that run for the stopped pipeline. A terminal's Ctrl+C reaches them by
/// itself, unless they are started a moment after it; a signal sent to the shell alone never does. PowerShell leaves a
/// native command that owns the terminal alone, and would wait for it.
/// </summary>
internal sealed partial class ForegroundChildren
{
    // A child that may have had the terminal's Ctrl+C gets the time to act on it: many take a second one for "at once".
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private readonly int _signal;
    private readonly long _since = TimeProvider.System.GetTimestamp();
    private readonly HashSet<int> _informed;
    private readonly HashSet<int> _signalled = [];

    /// <summary>Remembers who runs now.</summary>
    /// <param name="signal">The signal's number.</param>
    /// <param name="fromTerminal">Those who run now have had it already.</param>
    public ForegroundChildren(int signal, bool fromTerminal)
    {
        _signal = signal;
        _informed = fromTerminal ? [.. Running()] : [];
    }

    /// <summary>Signals each child once: at once, or after the grace if it has had the signal already.</summary>
    public void Signal()
    {
        var late = TimeProvider.System.GetElapsedTime(_since) > s_grace;
        foreach (var child in Running())
        {
            if ((late || !_informed.Contains(child)) && _signalled.Add(child))
            {
                // The child may have ended since: nobody is left to signal then. Until the shell has waited for it, its
                // number cannot be another's.
                _ = Kill(child, _signal);
            }
        }
    }

    // Our children in our own process group: a private engine that the module started is in a session of its own, and
    // stays.
    private static List<int> Running()
    {
        var group = GroupOf("self");
        var children = new List<int>();
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            var numbers = Read(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            children.AddRange(
                numbers.Where(number => GroupOf(number) == group)
                    .Select(number => int.Parse(number, CultureInfo.InvariantCulture)));
        }

        return children;
    }

    // proc(5): the third field behind the name, which stands in brackets and may hold anything.
    private static string? GroupOf(string process)
    {
        var stat = Read($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ElementAtOrDefault(2);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // The thread or the process has ended.
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
