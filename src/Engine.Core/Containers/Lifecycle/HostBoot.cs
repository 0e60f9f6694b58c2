namespace Engine.Core.Containers.Lifecycle;

/// <summary>This boot of the host: processes, mounts and cgroups of an earlier one are gone.</summary>
/// <param name="Id">The kernel's random id of the boot (random(4), boot_id).</param>
/// <param name="Time">When the host was booted.</param>
internal sealed record HostBoot(string Id, DateTimeOffset Time);
