using System.Diagnostics;
using System.Globalization;

namespace Engine.Benchmarks.Engines;

/// <summary>
/// A directory that holds all of an engine, and by whose name the processes that belong to it are found.
/// </summary>
internal sealed class PrivateDirectory : IDisposable
{
    // Short: the paths of unix sockets hold 107 bytes (unix(7)).
    public string Path { get; } = Directory.CreateTempSubdirectory("eb-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// The resident bytes of processes whose command line names the directory, and that have one of these names.
    /// </summary>
    public long Memory(params string[] names) => Processes()
        .Where(p => names.Contains(File.ReadAllText($"/proc/{p}/comm").Trim()))
        .Sum(Resident);

    public static long Resident(int process) => Status(process, "VmRSS:");

    /// <summary>The time that a process and those that it has waited for took of the processors (proc(5), stat).</summary>
    public static TimeSpan ProcessorTime(int process)
    {
        // utime, stime, cutime, cstime are the fields 14 to 17; the name, field 2, may hold spaces. 100 ticks are a
        // second on every Linux that .NET runs on.
        string stat = File.ReadAllText($"/proc/{process}/stat");
        return TimeSpan.FromMilliseconds(10 * stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15]
            .Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));
    }

    /// <summary>The most bytes that a process has had resident (proc(5), VmHWM).</summary>
    public static long Peak(int process) => Status(process, "VmHWM:");

    /// <summary>
    /// Starts a program that writes to a log in the directory, so that no pipe of this process keeps it alive.
    /// </summary>
    public Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(
        "/bin/sh", ["-c", "exec >>\"$0\" 2>&1 </dev/null; exec \"$@\"", this["log"], program, .. arguments]))!;

    public string LogTail() =>
        File.Exists(this["log"]) ? string.Join('\n', File.ReadLines(this["log"]).TakeLast(10)) : "";

    /// <summary>Kills what still runs, unmounts what is still mounted, and deletes.</summary>
    public void Dispose()
    {
        foreach (int process in Processes())
        {
            try
            {
                using Process left = Process.GetProcessById(process);
                left.Kill();
                left.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
            }
        }

        foreach (string point in
            File.ReadLines("/proc/self/mountinfo").Select(l => l.Split(' ')[4])
                .Where(p => p.StartsWith(Path + "/", StringComparison.Ordinal)).Reverse().ToArray())
        {
            using Process unmount = Process.Start("umount", ["-l", point]);
            unmount.WaitForExit();
        }

        Directory.Delete(Path, recursive: true);
    }

    private static long Status(int process, string key) =>
        long.Parse(
            File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(key, StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) * 1024;

    private List<int> Processes()
    {
        var found = new List<int>();
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(System.IO.Path.GetFileName(directory), CultureInfo.InvariantCulture, out int process)
                && process != Environment.ProcessId && CommandLine(process).Contains(Path, StringComparison.Ordinal))
            {
                found.Add(process);
            }
        }

        return found;
    }

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
