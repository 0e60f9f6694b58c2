using Engine.Core.Containers.Records;
using Engine.Linux.Cgroups;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>The control groups of containers: each is named by the container's id, below its parent.</summary>
internal sealed class ContainerCgroups(EngineOptions options, HostCgroups host)
{
    /// <summary>How long the kernel may take to freeze or kill: processes in a system call that cannot be interrupted delay it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>A container's cgroup, absolute within the hierarchies.</summary>
    public string PathOf(ContainerRecord record)
    {
        var parent = (record.Configuration.CgroupParent ?? options.CgroupParent).Trim('/');
        return parent.Length == 0 ? "/" + record.Id : $"/{parent}/{record.Id}";
    }

    public Task FreezeAsync(ContainerRecord record) => Freezer.FreezeAsync(Of(record), s_patience);

    public void Thaw(ContainerRecord record) => Freezer.Thaw(Of(record));

    public bool IsFrozen(ContainerRecord record) => Freezer.IsFrozen(Of(record));

    /// <summary>True when the kernel killed a process of the run for want of memory. Asked before the cgroup is gone.</summary>
    public bool WasOomKilled(ContainerRecord record) => Of(record).GetOutOfMemoryKills() > 0;

    /// <exception cref="EngineException"><see cref="EngineErrorReason.StopTimedOut"/>.</exception>
    public Task KillAllAsync(ContainerRecord record) => Of(record).KillAsync(s_patience);

    /// <summary>Takes away what the runtime has left of the cgroup: processes first, then the directories.</summary>
    public async Task RemoveAsync(ContainerRecord record)
    {
        var cgroup = Of(record);
        if (cgroup.Exists)
        {
            await cgroup.KillAsync(s_patience).ConfigureAwait(false);
            cgroup.Remove();
        }
    }

    private Cgroup Of(ContainerRecord record) => new(host.Hierarchy, PathOf(record));
}
