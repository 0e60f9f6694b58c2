namespace Engine.Linux.Cgroups;

/// <summary>A controller of the kernel, as /proc/cgroups lists it.</summary>
/// <param name="Name">Its name, such as <c>memory</c>.</param>
/// <param name="Hierarchy">The number of the v1 hierarchy it is bound to; 0 when none: unmounted, or in the unified one.</param>
/// <param name="IsEnabled">Not switched off on the kernel's command line.</param>
public sealed record CgroupController(string Name, int Hierarchy, bool IsEnabled)
{
    /// <summary>Reads all that the kernel has; empty where it has no v1 interface.</summary>
    public static IReadOnlyList<CgroupController> ReadAll() =>
        File.Exists("/proc/cgroups") ? Parse(File.ReadAllText("/proc/cgroups")) : [];

    internal static IReadOnlyList<CgroupController> Parse(string text)
    {
        // "#subsys_name hierarchy num_cgroups enabled", separated by tabs.
        return
        [
            .. from line in text.Split('\n')
               where !line.StartsWith('#')
               let fields = line.Split('\t', StringSplitOptions.TrimEntries)
               where fields.Length >= 4 && int.TryParse(fields[1], out _)
               select new CgroupController(fields[0], int.Parse(fields[1], System.Globalization.CultureInfo.InvariantCulture), fields[3] == "1"),
        ];
    }
}
