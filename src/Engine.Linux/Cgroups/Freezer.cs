namespace Engine.Linux.Cgroups;

/// <summary>Stops all processes of a control group where they are, and lets them go on.</summary>
public static class Freezer
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Freezes. Returns once the kernel says that every process stands still; a group that does not get there in time is
    /// thawed again, so that it is never left half frozen.
    /// </summary>
    /// <exception cref="EngineException">It did not freeze in time (<see cref="EngineErrorCode.Timeout"/>), or there is no freezer.</exception>
    public static async Task FreezeAsync(Cgroup group, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        Control control = ControlOf(group);
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        bool frozen = false;
        try
        {
            do
            {
                // v1 can stay in FREEZING while processes fork; writing again makes it look again
                // (Documentation/admin-guide/cgroup-v1/freezer-subsystem.rst).
                Write(group, control, control.Freeze);
                frozen = IsFrozen(control);
                if (!frozen)
                {
                    await Task.Delay(s_poll, cancellationToken).ConfigureAwait(false);
                    frozen = IsFrozen(control);
                }
            }
            while (!frozen && Environment.TickCount64 < deadline);
        }
        finally
        {
            if (!frozen)
            {
                ThawQuietly(group);
            }
        }

        if (!frozen)
        {
            throw new EngineException(
                EngineErrorCode.Timeout, EngineErrorReason.RuntimeTimedOut,
                $"The processes of the control group '{group.Path}' could not be stopped within {timeout.TotalSeconds:0.#} s; they run on.", group.Path);
        }
    }

    /// <summary>Lets the processes go on.</summary>
    /// <exception cref="EngineException">There is no freezer, or the group is gone.</exception>
    public static void Thaw(Cgroup group)
    {
        Control control = ControlOf(group);
        Write(group, control, control.Thaw);
    }

    /// <summary>Whether all processes stand still now. False for a group that is not there.</summary>
    public static bool IsFrozen(Cgroup group) => TryControlOf(group) is { } control && IsFrozen(control);

    /// <summary>Thaws where it can be: a frozen process cannot die of SIGKILL on v1.</summary>
    internal static void ThawQuietly(Cgroup group)
    {
        if (TryControlOf(group) is { } control)
        {
            _ = CgroupFile.TryWrite(control.Directory, control.File, control.Thaw);
        }
    }

    private static bool IsFrozen(Control control) => control.IsV2
        ? CgroupFile.ReadKey(control.Directory, "cgroup.events", "frozen") == 1
        : CgroupFile.ReadLines(control.Directory, control.File) is ["FROZEN", ..];

    private static void Write(Cgroup group, Control control, string value)
    {
        if (!CgroupFile.TryWrite(control.Directory, control.File, value))
        {
            throw Missing(group);
        }
    }

    private static Control ControlOf(Cgroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return TryControlOf(group) ?? throw Missing(group);
    }

    private static Control? TryControlOf(Cgroup group)
    {
        if (group.Hierarchy.Version == CgroupVersion.V2)
        {
            string directory = group.Hierarchy.UnifiedRoot + group.Path;
            return Directory.Exists(directory) ? new Control(directory, "cgroup.freeze", "1", "0", IsV2: true) : null;
        }

        return group.DirectoryOf("freezer") is { } v1 ? new Control(v1, "freezer.state", "FROZEN", "THAWED", IsV2: false) : null;
    }

    private static EngineException Missing(Cgroup group) =>
        new(EngineErrorCode.NotSupported, EngineErrorReason.NotSupportedByHost,
            $"The control group '{group.Path}' cannot be paused: it is gone, or this host has no freezer.", group.Path);

    private sealed record Control(string Directory, string File, string Freeze, string Thaw, bool IsV2);
}
