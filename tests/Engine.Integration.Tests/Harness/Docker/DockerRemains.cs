using System.Diagnostics;
using System.Globalization;

namespace Engine.Integration.Tests.Harness.Docker;

/// <summary>What a dockerd that was ended may leave: containerd, mounts below its roots, the directory itself.</summary>
internal static class DockerRemains
{
    /// <summary>Ends the processes whose command line names the directory, unmounts what is below it, and deletes it.</summary>
    public static async Task RemoveAsync(string directory)
    {
        foreach (int id in Processes(directory))
        {
            try
            {
                using Process left = Process.GetProcessById(id);
                left.Kill();
                await left.WaitForExitAsync();
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
            }
        }

        // The last mounted first: mounts lie upon mounts.
        string[] mounts =
        [
            .. File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' ')[4])
                .Where(point => point.StartsWith(directory + "/", StringComparison.Ordinal)).Reverse(),
        ];
        foreach (string point in mounts)
        {
            using Process unmount = Process.Start("umount", ["-l", point]);
            await unmount.WaitForExitAsync();
        }

        Directory.Delete(directory, recursive: true);
    }

    private static int[] Processes(string directory) =>
    [
        .. from entry in Directory.EnumerateDirectories("/proc")
           let name = Path.GetFileName(entry)
           where int.TryParse(name, CultureInfo.InvariantCulture, out _) && name != $"{Environment.ProcessId}"
           where CommandLine(entry).Contains(directory, StringComparison.Ordinal)
           select int.Parse(name, CultureInfo.InvariantCulture),
    ];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(process + "/cmdline");
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
