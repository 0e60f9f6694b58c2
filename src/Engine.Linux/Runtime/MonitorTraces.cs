using System.Globalization;

namespace Engine.Linux.Runtime;

/// <summary>The files that a run of conmon leaves, and that the next run of the same container must not find.</summary>
internal static class MonitorTraces
{
    // conmon makes these in the bundle: the attach socket, and the fifos for control messages and the window size.
    private static readonly string[] s_bundleFiles = ["attach", "ctl", "winsz"];

    internal static void Clear(MonitorOptions options)
    {
        MonitorPaths paths = options.Paths;
        File.Delete(paths.ExitFile);
        File.Delete(paths.PidFile);
        File.Delete(paths.MonitorPidFile);
        File.Delete(paths.OutOfMemoryFile);
        foreach (string name in s_bundleFiles)
        {
            File.Delete(Path.Combine(options.Bundle, name));
        }
    }

    internal static int ReadPid(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0;
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
    }
}
