using System.Management.Automation;

namespace Engine.Commands;

/// <summary>
/// Says for which platform an image of a list is, where its configuration does not say it, or not right. The list that
/// is given stays as it is: a changed one comes out.
/// </summary>
[Cmdlet(VerbsCommon.Set, "ContainerManifest")]
[OutputType(typeof(ManifestList))]
public sealed class SetContainerManifestCommand : PSCmdlet
{
    /// <summary>Lists, as New-ContainerManifest makes them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ManifestList InputObject { get; set; } = new() { Reference = "" };

    /// <summary>The images, as the list names them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Image { get; set; } = [];

    /// <summary>The operating system: <c>linux</c>.</summary>
    [Parameter]
    [ArgumentCompletions("linux", "windows")]
    public string? Os { get; set; }

    /// <summary>The processor, as Go names it: <c>amd64</c>, <c>arm64</c>, <c>arm</c>.</summary>
    [Parameter]
    [ArgumentCompletions("amd64", "arm64", "arm", "386", "ppc64le", "riscv64", "s390x")]
    public string? Architecture { get; set; }

    /// <summary>The processor's generation: <c>v7</c>, <c>v8</c>.</summary>
    [Parameter]
    [ArgumentCompletions("v5", "v6", "v7", "v8")]
    public string? Variant { get; set; }

    /// <summary>The operating system's version.</summary>
    [Parameter]
    public string? OsVersion { get; set; }

    /// <summary>What the operating system must have.</summary>
    [Parameter]
    public string[]? OsFeature { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ManifestList list = InputObject;
        foreach (string image in Image)
        {
            if (list.Entries.All(e => e.Reference != image))
            {
                WriteError(ErrorRecords.From(
                    new EngineException(
                        EngineErrorCode.NotFound,
                        EngineErrorReason.ManifestNotFound,
                        $"The list '{list.Reference}' has no image '{image}'. It has "
                            + $"{string.Join(", ", list.Entries.Select(e => e.Reference))}."),
                    image));
                continue;
            }

            list = list with
            {
                Entries =
                [
                    .. list.Entries.Select(e => e.Reference == image ? e with { Platform = Changed(e.Platform) } : e),
                ],
            };
        }

        WriteObject(list);
    }

    private ManifestPlatform Changed(ManifestPlatform platform) => new()
    {
        Os = Os ?? platform.Os,
        Architecture = Architecture ?? platform.Architecture,
        Variant = Variant ?? platform.Variant,
        OsVersion = OsVersion ?? platform.OsVersion,
        OsFeatures = OsFeature ?? platform.OsFeatures,
    };
}
