using System.Management.Automation;

namespace Engine.Commands;

public abstract partial class ContainerCreationCmdlet
{
    /// <summary>
    /// Bind mounts as docker writes them: <c>source:target[:options]</c>. The options are <c>ro</c>, <c>rw</c>, a
    /// propagation such as <c>rslave</c>, and <c>rbind</c> or <c>bind</c>. A source that is not there is made as a directory.
    /// </summary>
    [Parameter]
    public string[] Volume { get; set; } = [];

    /// <summary>Mounts, as New-ContainerMount makes them.</summary>
    [Parameter]
    public ContainerMount[] Mount { get; set; } = [];

    /// <summary>Empty file systems in memory: <c>/path[:options]</c>, with tmpfs(5)'s options such as <c>size=64m,mode=1770</c>.</summary>
    [Parameter]
    public string[] Tmpfs { get; set; } = [];

    /// <summary>Mounts the root file system read-only.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Devices of the host: <c>/dev/fuse</c>, <c>/dev/sda:/dev/xvda:r</c>.</summary>
    [Parameter]
    [DeviceTransformation]
    public ContainerDevice[] Device { get; set; } = [];

    /// <summary>Rules of the devices cgroup, such as <c>c 13:* rwm</c>.</summary>
    [Parameter]
    public string[] DeviceCgroupRule { get; set; } = [];

    /// <summary>The size of /dev/shm: bytes, or text such as <c>128m</c>. By default 64 MiB.</summary>
    [Parameter]
    [SizeTransformation]
    public long? ShmSize { get; set; }

    private ContainerConfiguration ConfigureStorage(ContainerConfiguration configuration) => configuration with
    {
        Mounts = [.. Volume.Select(v => VolumeText.Parse(v, s => LocalPath.Resolve(this, s))), .. Mount, .. Tmpfs.Select(TmpfsText.Parse)],
        ReadOnlyRootFileSystem = ReadOnly,
        Devices = Device,
        DeviceCgroupRules = DeviceCgroupRule,
        ShmSize = ShmSize,
    };
}
