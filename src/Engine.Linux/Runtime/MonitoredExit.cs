namespace Engine.Linux.Runtime;

/// <summary>How a container ended.</summary>
/// <param name="Code">
/// The exit code, 128 plus the number for a signal; null when nobody saw it, because conmon itself was killed.
/// </param>
/// <param name="FinishedAt">When conmon wrote it down; null with an unknown code.</param>
/// <param name="OutOfMemory">The kernel killed one of its processes for want of memory.</param>
public sealed record MonitoredExit(int? Code, DateTimeOffset? FinishedAt, bool OutOfMemory)
{
    /// <summary>Reads what conmon left; null when there is no exit file yet.</summary>
    public static MonitoredExit? TryRead(MonitorPaths paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        try
        {
            string text = File.ReadAllText(paths.ExitFile);
            bool known = int.TryParse(text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out int code);

            // conmon writes -1 for an end that it could not make out.
            return new MonitoredExit(
                known && code >= 0 ? code : null,
                new DateTimeOffset(File.GetLastWriteTimeUtc(paths.ExitFile)),
                File.Exists(paths.OutOfMemoryFile));
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
