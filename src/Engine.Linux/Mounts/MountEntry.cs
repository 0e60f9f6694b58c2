using Engine.Linux.Files;

namespace Engine.Linux.Mounts;

/// <summary>One line of /proc/self/mountinfo (proc_pid_mountinfo(5)).</summary>
/// <param name="Id">The mount's number, unique while it is mounted.</param>
/// <param name="ParentId">The mount that it is on.</param>
/// <param name="Device">The device that its files have.</param>
/// <param name="Root">Which directory of the file system it shows.</param>
/// <param name="MountPoint">Where, as this process sees it.</param>
/// <param name="Options">The mount's own options, such as <c>ro</c>.</param>
/// <param name="FileSystem">The type, such as <c>overlay</c>.</param>
/// <param name="Source">What the type understands as its source.</param>
/// <param name="SuperOptions">The file system's options.</param>
public sealed record MountEntry(
    int Id, int ParentId, DeviceNumber Device, string Root, string MountPoint, string Options, string FileSystem, string Source, string SuperOptions)
{
    /// <summary>Whether the file system's options have one, such as a controller's name for cgroups.</summary>
    public bool HasSuperOption(string option) => SuperOptions.Split(',').Contains(option, StringComparer.Ordinal);
}
