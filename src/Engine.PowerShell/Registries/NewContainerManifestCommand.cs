using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Describes a list of manifests, for Publish-ContainerManifest. Nothing is stored or sent by it.</summary>
[Cmdlet(VerbsCommon.New, "ContainerManifest")]
[OutputType(typeof(ManifestList))]
public sealed class NewContainerManifestCommand : PSCmdlet
{
    private readonly List<ManifestListEntry> _entries = [];

    /// <summary>What the list is to be called.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Reference { get; set; } = "";

    /// <summary>The images that it lists, which must be at the same registry already: by tag or digest.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ImageCompleter]
    public string[] Image { get; set; } = [];

    /// <summary>Makes Docker's manifest list instead of an OCI index.</summary>
    [Parameter]
    public SwitchParameter DockerFormat { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        _entries.AddRange(Image.Select(i => new ManifestListEntry { Reference = i }));

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        WriteObject(new ManifestList { Reference = Reference, Entries = [.. _entries], DockerFormat = DockerFormat });
}
