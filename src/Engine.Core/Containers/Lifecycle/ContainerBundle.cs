using System.Text;
using System.Text.Json;
using Engine.Core.Containers.Records;
using Engine.Core.Containers.Specification;
using Engine.Core.Containers.Users;
using Engine.Linux.Files;
using Engine.Linux.Mounts;
using Engine.Oci.Runtime;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>
/// Makes the OCI bundle of a run: directories, the mounted root file system, the network files, config.json
/// (runtime-spec, bundle.md).
/// </summary>
internal sealed class ContainerBundle(
    EngineOptions options,
    EngineDirectories directories,
    HostFacts host,
    ContainerStore store,
    ContainerCgroups cgroups,
    SeccompFilters seccomp)
{
    /// <summary>What an image's passwd or group file may have at most; a larger one is not a file of users.</summary>
    private const int MaxUserFile = 4 << 20;

    /// <summary>Prepares the bundle, and returns its directory. What it makes, a teardown takes away.</summary>
    public string Prepare(ContainerRecord record)
    {
        var bundle = ContainerPaths.Bundle(directories, record.Id);
        var root = ContainerPaths.RootFileSystem(directories, record.Id);
        // 0711: the container's user walks through; the upper directory's own mode says what it may see there.
        BundleDirectory.Create(bundle);
        BundleDirectory.Create(root);
        var lower = Lower(record, bundle);
        MakeUpper(bundle, ContainerPaths.Upper(directories, record.Id), lower[0]);
        BundleDirectory.Create(ContainerPaths.Work(directories, record.Id));
        BundleDirectory.Create(ContainerPaths.Monitor(directories, record.Id).StateDirectory);
        OverlayMount.Attach(new OverlayOptions
        {
            Lower = lower,
            Upper = ContainerPaths.Upper(directories, record.Id),
            Work = ContainerPaths.Work(directories, record.Id),
            Target = root,
        });
        ContainerUser user;
        using (var files = RootedDirectory.Open(root))
        {
            user = UserLookup.Find(
                record.Configuration.User ?? "", record.Configuration.Groups, ReadText(files, "etc/passwd"u8),
                ReadText(files, "etc/group"u8));
            MakeWorkingDirectory(files, record.Configuration);
        }

        var input = Input(record, root, user, NetworkFiles.Write(record, bundle));
        var document = JsonSerializer.SerializeToUtf8Bytes(
            RuntimeSpecification.Of(input), RuntimeJsonContext.Default.RuntimeSpec);
        // It holds the environment, where people put secrets: for the engine's eyes only.
        BundleDirectory.WritePrivate(Path.Combine(bundle, "config.json"), document);
        return bundle;
    }

    /// <summary>The image's layers; an empty directory for an image that has none, since overlayfs wants at least one.</summary>
    private IReadOnlyList<string> Lower(ContainerRecord record, string bundle)
    {
        if (record.Layers.Count > 0)
        {
            return [.. record.Layers.Select(layer => Path.Combine(directories.Layers, layer))];
        }

        var empty = Path.Combine(bundle, "empty");
        BundleDirectory.Create(empty);
        return [empty];
    }

    /// <summary>
    /// Makes the upper directory when the container is first started. The root of an overlay has the owner and mode of
    /// its upper directory (overlayfs.rst), which are therefore those that the image gives to its root.
    /// </summary>
    private static void MakeUpper(string bundle, string upper, string topLayer)
    {
        if (Directory.Exists(upper))
        {
            return;
        }

        // Made under another name: an engine that ends here leaves no upper directory with the wrong mode behind.
        const string unfinished = "upper.new";
        using var files = RootedDirectory.Open(bundle);
        files.RemoveTree("upper.new"u8);
        BundleDirectory.Create(Path.Combine(bundle, unfinished));
        if (FileStatus.Read(topLayer) is { } root)
        {
            files.SetOwner("upper.new"u8, root.UserId, root.GroupId);
            files.SetMode("upper.new"u8, root.Mode & 0xFFF);
        }

        files.Rename("upper.new"u8, "upper"u8);
    }

    private SpecificationInput Input(
        ContainerRecord record, string root, ContainerUser user, IReadOnlyDictionary<string, string> networkFiles)
    {
        var configuration = record.Configuration;
        var capabilities = CapabilitySet.Of(configuration, host.Capabilities);
        var filter = seccomp.For(configuration, capabilities);
        var sharing = NamespaceSharing.Of(configuration, store);
        return new SpecificationInput
        {
            Record = record,
            Host = host,
            User = user,
            RootFileSystem = root,
            NetworkFiles = networkFiles,
            Devices = HostDevices.Find(configuration),
            Seccomp = filter,
            // Only crun takes a compiled filter.
            SeccompProgram = record.Runtime == Runtimes.Crun ? seccomp.ProgramOf(filter) : null,
            Capabilities = capabilities,
            SharedNamespaces = sharing.Processes,
            SharedMemory = SharedMemory(record, sharing),
            Init = configuration.Init ?? options.Init ? InitProgram.Find(options.InitPath) : null,
            Cgroup = cgroups.PathOf(record),
            ShmSize = configuration.ShmSize ?? options.DefaultShmSize,
            NoNewPrivileges = configuration.NoNewPrivileges || options.NoNewPrivileges,
            Ulimits = MergeUlimits(options.DefaultUlimits, configuration.Ulimits),
            CgroupNamespaceMode = configuration.CgroupNamespaceMode
                ?? options.DefaultCgroupNamespaceMode ?? (host.CgroupV2 ? "private" : "host"),
        };
    }

    /// <summary>The directory that others can share as /dev/shm, or that is shared with this container; else null.</summary>
    private string? SharedMemory(ContainerRecord record, NamespaceSharing sharing)
    {
        if (sharing.IpcDonor is { } donor)
        {
            return ContainerPaths.SharedMemory(directories, donor);
        }

        if (record.Configuration.IpcMode != "shareable")
        {
            return null;
        }

        var path = ContainerPaths.SharedMemory(directories, record.Id);
        BundleDirectory.Create(path);
        TmpfsMount.Attach(
            path, record.Configuration.ShmSize ?? options.DefaultShmSize, mode: 0x3FF /* 01777 */,
            MountAttributes.NoSetUserId | MountAttributes.NoExecution | MountAttributes.NoDevices);
        return path;
    }

    // Docker's rule: made when it is missing, owned by root, 0755.
    private static void MakeWorkingDirectory(RootedDirectory files, ContainerConfiguration configuration)
    {
        var path = (configuration.WorkingDirectory ?? "/").Trim('/');
        if (path.Length > 0)
        {
            files.EnsureDirectory(Encoding.UTF8.GetBytes(path));
        }
    }

    private static string ReadText(RootedDirectory files, ReadOnlySpan<byte> path) =>
        files.ReadFile(path, MaxUserFile) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";

    private static IReadOnlyList<Ulimit> MergeUlimits(IReadOnlyList<Ulimit> defaults, IReadOnlyList<Ulimit> own) =>
        [.. defaults.Where(limit => own.All(other => other.Name != limit.Name)), .. own];
}
