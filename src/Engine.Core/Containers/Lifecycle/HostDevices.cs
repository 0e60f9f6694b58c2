using Engine.Core.Containers.Configuration;
using Engine.Core.Containers.Specification;
using Engine.Linux.Files;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>Finds the device nodes that a container asks for, or, when it is privileged, all of the host's.</summary>
internal static class HostDevices
{
    /// <summary>What below /dev is no device of the host, but the kernel's own file systems (as Docker leaves out).</summary>
    private static readonly string[] s_passedOver =
        ["/dev/pts", "/dev/shm", "/dev/fd", "/dev/mqueue", "/dev/console", "/dev/.lxc", "/dev/.lxd-mounts", "/dev/.udev"];

    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidContainerConfiguration"/>.</exception>
    public static IReadOnlyList<HostDevice> Find(ContainerConfiguration configuration)
    {
        if (configuration.Privileged)
        {
            return [.. Below("/dev", "/dev", "rwm")];
        }

        var devices = new List<HostDevice>();
        foreach (var wanted in configuration.Devices)
        {
            var target = MountRules.Clean(wanted.Target ?? wanted.Source);
            if (Directory.Exists(wanted.Source))
            {
                devices.AddRange(Below(wanted.Source, target, wanted.Permissions));
            }
            else if (Read(Resolve(wanted.Source), target, wanted.Permissions) is { } device)
            {
                devices.Add(device);
            }
            else
            {
                throw ContainerErrors.InvalidConfiguration(
                    $"Devices: '{wanted.Source}' is no device of the engine's host.", nameof(configuration.Devices));
            }
        }

        return devices;
    }

    private static IEnumerable<HostDevice> Below(string directory, string target, string access)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(directory).Order(StringComparer.Ordinal))
        {
            var inside = target + path[directory.Length..];
            if (s_passedOver.Contains(path, StringComparer.Ordinal) || FileStatus.Read(path) is not { } status)
            {
                continue;
            }

            if (status.Kind == FileKind.Directory)
            {
                foreach (var device in Below(path, inside, access))
                {
                    yield return device;
                }
            }
            else if (Device(status, inside, access) is { } device)
            {
                yield return device;
            }
        }
    }

    // A device may be given by a link such as /dev/disk/by-id/…: what it points to is what is wanted.
    private static string Resolve(string path) =>
        File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;

    private static HostDevice? Read(string path, string target, string access) =>
        FileStatus.Read(path) is { } status ? Device(status, target, access) : null;

    private static HostDevice? Device(FileStatus status, string target, string access)
    {
        var type = status.Kind switch
        {
            FileKind.CharacterDevice => "c",
            FileKind.BlockDevice => "b",
            _ => null,
        };
        return type is null
            ? null
            : new HostDevice(
                target, type, status.RepresentedDevice.Major, status.RepresentedDevice.Minor, status.Mode & 0x1FF,
                status.UserId, status.GroupId, access);
    }
}
