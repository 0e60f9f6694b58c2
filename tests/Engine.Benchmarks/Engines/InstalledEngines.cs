namespace Engine.Benchmarks.Engines;

/// <summary>The engines that this machine has.</summary>
internal static class InstalledEngines
{
    public static IEnumerable<Func<IMeasuredEngine>> All(BenchmarkOptions options)
    {
        var all = new List<(string Name, Func<IMeasuredEngine> Make)>();
        string root = RepositoryRoot();
        string[] built =
            [.. Directory.EnumerateFiles(
                Path.Combine(root, "src", "Engine.Daemon", "bin"), "engined", SearchOption.AllDirectories)];
        // The configuration of this program, and of no other build that may lie beside it.
        string output = Path.Combine(Configuration(), "net10.0", "engined");
        if (Array.Find(built, path => path.EndsWith(output, StringComparison.Ordinal)) is { } managed)
        {
            all.Add(("engined", () => new EngineProcess("engined", managed)));
        }

        string artifacts = Path.Combine(root, "artifacts");
        if (Directory.Exists(artifacts)
            && Directory.EnumerateFiles(artifacts, "engined", SearchOption.AllDirectories)
                .FirstOrDefault() is { } native)
        {
            all.Add(("engined-native", () => new EngineProcess("engined-native", native)));
        }

        if (ProgramOnPath("dockerd") is { } dockerd)
        {
            all.Add(("dockerd", () => new DockerProcess(dockerd)));
        }

        if (ProgramOnPath("podman") is { } podman)
        {
            all.Add(("podman", () => new PodmanCommand(podman)));
        }

        return all.Where(e => e.Name.Contains(options.Only, StringComparison.Ordinal)).Select(e => e.Make);
    }

    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? directory = new(
            AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "src", "Engine.slnx")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
    }

    private static string? ProgramOnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Append("/usr/sbin")
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
}
