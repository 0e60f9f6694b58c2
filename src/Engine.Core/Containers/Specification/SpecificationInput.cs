using Engine.Core.Containers.Records;
using Engine.Core.Containers.Users;
using Engine.Oci.Runtime;

namespace Engine.Core.Containers.Specification;

/// <summary>Everything that the specification of one run is made from.</summary>
internal sealed record SpecificationInput
{
    public required ContainerRecord Record { get; init; }

    public required HostFacts Host { get; init; }

    public required ContainerUser User { get; init; }

    /// <summary>The host's path of the mounted root file system.</summary>
    public required string RootFileSystem { get; init; }

    /// <summary>The host's files that stand for /etc/hostname, /etc/hosts and /etc/resolv.conf, by their target.</summary>
    public required IReadOnlyDictionary<string, string> NetworkFiles { get; init; }

    /// <summary>The devices that the container asked for, found on the host.</summary>
    public required IReadOnlyList<HostDevice> Devices { get; init; }

    /// <summary>The seccomp filter, or null for none.</summary>
    public required LinuxSeccomp? Seccomp { get; init; }

    /// <summary>The same filter compiled, for a runtime that takes it so; null where it has to compile it itself.</summary>
    public required byte[]? SeccompProgram { get; init; }

    /// <summary>The capabilities that the container gets.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>The process whose namespaces are shared, by OCI's name of the namespace; empty when none is.</summary>
    public required IReadOnlyDictionary<string, int> SharedNamespaces { get; init; }

    /// <summary>The host's directory that is the container's /dev/shm; null for one of the runtime's making.</summary>
    public required string? SharedMemory { get; init; }

    /// <summary>The init program on the host, or null when the container has none.</summary>
    public required string? Init { get; init; }

    /// <summary>The container's cgroup, absolute within the hierarchy.</summary>
    public required string Cgroup { get; init; }

    /// <summary>/dev/shm's bytes.</summary>
    public required long ShmSize { get; init; }

    /// <summary>True when no process may gain privileges: the container's wish, or the engine's rule.</summary>
    public required bool NoNewPrivileges { get; init; }

    /// <summary>The limits: the container's own, and the engine's defaults for the others.</summary>
    public required IReadOnlyList<Ulimit> Ulimits { get; init; }

    /// <summary><c>private</c> or <c>host</c>.</summary>
    public required string CgroupNamespaceMode { get; init; }
}
