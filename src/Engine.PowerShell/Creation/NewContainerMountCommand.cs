using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Describes a mount, for the -Mount of New-Container and Invoke-Container. Nothing is mounted by it.</summary>
[Cmdlet(VerbsCommon.New, "ContainerMount", DefaultParameterSetName = Bind)]
[OutputType(typeof(ContainerMount))]
public sealed class NewContainerMountCommand : PSCmdlet
{
    private const string Bind = "Bind";
    private const string Tmpfs = "Tmpfs";

    /// <summary>Where the content comes from. By default Bind with a source, else Tmpfs.</summary>
    [Parameter]
    public ContainerMountType? Type { get; set; }

    /// <summary>The file or directory on the engine's host.</summary>
    [Parameter(ParameterSetName = Bind, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Source { get; set; } = "";

    /// <summary>The path in the container; absolute.</summary>
    [Parameter(ParameterSetName = Bind, Mandatory = true, Position = 1)]
    [Parameter(ParameterSetName = Tmpfs, Mandatory = true)]
    [ValidatePattern("^/.")]
    public string Target { get; set; } = "";

    /// <summary>The container cannot write to it.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>How mounts made later travel between host and container.</summary>
    [Parameter(ParameterSetName = Bind)]
    public MountPropagation Propagation { get; set; }

    /// <summary>Leaves out what is mounted below the source.</summary>
    [Parameter(ParameterSetName = Bind)]
    public SwitchParameter NonRecursive { get; set; }

    /// <summary>Makes a source that is not there as a directory, instead of failing.</summary>
    [Parameter(ParameterSetName = Bind)]
    public SwitchParameter CreateSource { get; set; }

    /// <summary>The most it may hold: bytes, or text such as <c>64m</c>. By default half of the memory.</summary>
    [Parameter(ParameterSetName = Tmpfs)]
    [SizeTransformation]
    public long? TmpfsSize { get; set; }

    /// <summary>The permissions of its root, in octal digits. By default 1777.</summary>
    [Parameter(ParameterSetName = Tmpfs)]
    [ValidatePattern("^[0-7]{3,4}$")]
    public string? TmpfsMode { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        ContainerMountType type = ParameterSetName == Bind ? ContainerMountType.Bind : ContainerMountType.Tmpfs;
        if (Type is { } said && said != type)
        {
            ThrowTerminatingError(ErrorRecords.From(new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidContainerConfiguration,
                type == ContainerMountType.Bind ? "A tmpfs has no source." : "A bind mount needs a source.",
                Target)));
        }

        WriteObject(new ContainerMount
        {
            Type = type,
            Source = type == ContainerMountType.Bind ? LocalPath.Resolve(this, Source) : null,
            Target = Target,
            ReadOnly = ReadOnly,
            Propagation = Propagation,
            NonRecursive = NonRecursive,
            CreateSource = CreateSource,
            TmpfsSize = TmpfsSize,
            TmpfsMode = TmpfsMode is null ? null : Convert.ToInt32(TmpfsMode, 8),
        });
    }
}
