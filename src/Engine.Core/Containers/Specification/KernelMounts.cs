using System.Globalization;
using Engine.Oci.Runtime;

namespace Engine.Core.Containers.Specification;

/// <summary>The kernel's own file systems that every container has, with Docker's options.</summary>
internal static class KernelMounts
{
    public static IEnumerable<RuntimeMount> Of(SpecificationInput input)
    {
        var configuration = input.Record.Configuration;
        var access = configuration.Privileged ? "rw" : "ro";
        yield return Mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev");
        yield return Mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
        yield return Mount(
            "/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5");
        yield return Mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", access);
        yield return Mount("/sys/fs/cgroup", "cgroup", "cgroup", access, "nosuid", "noexec", "nodev");
        if (configuration.IpcMode != "host")
        {
            yield return Mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev");
        }

        if (SharedMemory(input) is { } shm)
        {
            yield return shm;
        }
    }

    private static RuntimeMount? SharedMemory(SpecificationInput input) => input.Record.Configuration.IpcMode switch
    {
        "none" => null,
        "host" => Mount("/dev/shm", "bind", "/dev/shm", "rbind", "rprivate"),
        _ when input.SharedMemory is { } directory => Mount("/dev/shm", "bind", directory, "bind", "rprivate"),
        _ => Mount(
            "/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777",
            string.Create(CultureInfo.InvariantCulture, $"size={input.ShmSize}")),
    };

    private static RuntimeMount Mount(string target, string type, string source, params string[] options) =>
        new() { Destination = target, Type = type, Source = source, Options = options };
}
