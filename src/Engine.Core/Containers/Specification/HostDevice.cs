namespace Engine.Core.Containers.Specification;

/// <summary>A device node of the host, and where it goes in the container.</summary>
/// <param name="Path">The path in the container.</param>
/// <param name="Type"><c>c</c> or <c>b</c>.</param>
/// <param name="Major">The major number.</param>
/// <param name="Minor">The minor number.</param>
/// <param name="Mode">The permissions, the low 9 bits of a mode.</param>
/// <param name="Uid">The owner.</param>
/// <param name="Gid">The group.</param>
/// <param name="Access">What the devices cgroup allows: any of r, w and m.</param>
internal sealed record HostDevice(
    string Path, string Type, long Major, long Minor, uint Mode, uint Uid, uint Gid, string Access);
