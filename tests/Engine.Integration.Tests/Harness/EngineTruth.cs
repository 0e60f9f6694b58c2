using System.Globalization;

namespace Engine.Integration.Tests.Harness;

/// <summary>Compares what an engine says with what the kernel and the disk say.</summary>
internal static class EngineTruth
{
    /// <summary>
    /// Fails unless both agree: a running container has its process and its monitor, a paused one is frozen, any other
    /// has no process, mount, cgroup or run-time file; and nothing is there that no container owns.
    /// </summary>
    public static async Task<IReadOnlyList<Container>> AssertAsync(
        TestEngine engine, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var containers = new List<Container>();
            await foreach (
                Container container in engine.Client.Containers.ListAsync(new ContainerFilter(), cancellationToken))
            {
                containers.Add(container);
            }

            List<string> lies = [.. Compare(engine, containers)];
            if (lies.Count == 0)
            {
                return containers;
            }

            // What the engine leaves to the kernel (the end of a killed process) may take a moment; the state may not.
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(1) + Limit.Slack)
            {
                Assert.Fail(
                    "The engine's state is not the kernel's:\n" + string.Join('\n', lies) + "\n" + engine.LogTail());
            }

            await Task.Delay(10, cancellationToken);
        }
    }

    private static IEnumerable<string> Compare(TestEngine engine, List<Container> containers)
    {
        foreach (Container container in containers)
        {
            bool active = container.State is ContainerState.Running or ContainerState.Paused;
            foreach (string lie in
                active ? CompareActive(container)
                : Leftovers.Find([container.Id]).Select(l => $"{container}, {container.State}: {l}"))
            {
                yield return lie;
            }

            if (container.State is ContainerState.Removing or ContainerState.Dead or ContainerState.Restarting)
            {
                yield return $"{container} is {container.State} for ever.";
            }
        }

        HashSet<string> known = [.. containers.Select(c => c.Id)];
        foreach (string directory in
            (string[])[$"{engine.DataRoot}/containers", $"{engine.ExecRoot}/exits", $"{engine.ExecRoot}/monitors"])
        {
            string[] there = Directory.Exists(directory)
                ? [.. Directory.EnumerateFileSystemEntries(directory).Select(p => Path.GetFileName(p))] : [];
            foreach (string orphan in
                there.Where(name => !known.Any(id => name.StartsWith(id, StringComparison.Ordinal))))
            {
                yield return $"Nobody owns {directory}/{orphan}.";
            }
        }

        foreach (string half in Directory.EnumerateFileSystemEntries($"{engine.DataRoot}/ingest"))
        {
            yield return $"Half-done work stays: {half}";
        }

        foreach (string thing in
            Leftovers.Find([engine.DataRoot + "/", engine.ExecRoot + "/", engine.CgroupParent + "/"]))
        {
            if (!known.Any(id => thing.Contains(id, StringComparison.Ordinal)))
            {
                yield return $"Nobody owns {thing}.";
            }
        }
    }

    private static IEnumerable<string> CompareActive(Container container)
    {
        if (container.Pid is not { } pid || !Kernel.IsAlive(pid))
        {
            yield return $"{container} is {container.State}, and its process {container.Pid} is not there.";
            yield break;
        }

        string cgroup;
        try
        {
            cgroup = Cgroup.Directory(pid, "freezer");
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            yield break;
        }

        if (!cgroup.EndsWith(container.Id, StringComparison.Ordinal))
        {
            yield return $"{container}'s process {pid} is in {cgroup}.";
        }

        bool frozen = Cgroup.Read(pid, "freezer", "freezer.state", "cgroup.freeze") is "FROZEN" or "1";
        if (frozen != (container.State == ContainerState.Paused))
        {
            yield return $"{container} is {container.State}, and its cgroup is {(frozen ? "" : "not ")}frozen.";
        }

        int monitors = Leftovers.Find([container.Id])
            .Count(
                l => l.StartsWith("process", StringComparison.Ordinal)
                && l.Contains("/conmon ", StringComparison.Ordinal));
        if (monitors != 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{container} has {monitors} monitors.");
        }
    }
}
