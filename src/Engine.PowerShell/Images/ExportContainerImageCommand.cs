using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Writes images to a file: one archive, however many images.</summary>
[Cmdlet(VerbsData.Export, "ContainerImage", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportContainerImageCommand : ContainerImageCmdlet
{
    private readonly List<ImageTarget> _targets = [];

    /// <summary>The file, relative to where the session stands. It is no pattern.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Docker (the default): an OCI layout that every docker loads, too. Oci: an OCI layout alone.</summary>
    [Parameter]
    public ImageArchiveFormat Format { get; set; }

    /// <summary>How the file as a whole is compressed: None (the default), Gzip or Zstd. Layers stay as they are.</summary>
    [Parameter]
    public ArchiveCompression Compression { get; set; }

    /// <summary>
    /// Of references that name images of several platforms, only this one: <c>os/arch[/variant]</c>. By default all.
    /// </summary>
    [Parameter]
    [PlatformCompletions]
    [ValidateNotNullOrEmpty]
    public string? Platform { get; set; }

    /// <summary>Does not replace a file that is there.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a file that is there even when it may only be read.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _targets.AddRange(Targets());

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_targets.Count == 0)
        {
            // A wildcard that matched nothing.
            return;
        }

        EngineConnection[] engines = [.. _targets.Select(t => t.Engine).Distinct()];
        if (engines.Length > 1)
        {
            Fail(
                new EngineException(
                    EngineErrorCode.InvalidArgument,
                    EngineErrorReason.OnlyOneAllowed,
                    "One engine writes one archive; these images are of several: "
                        + $"{string.Join<EngineConnection>(", ", engines)}."),
                Path);
        }

        string path = GetUnresolvedProviderPathFromPSPath(Path);
        string[] images = [.. _targets.SelectMany(Names).Distinct()];
        if (ShouldProcess(path, $"Export {string.Join(", ", images)}"))
        {
            Try(() => Export(engines[0], images, path), _targets is [var one] ? one.Target : path);
        }
    }

    // An object means the image with all its names, which an id would not bring along.
    private static IEnumerable<string> Names(ImageTarget target) =>
        target.Target is ContainerImage { References: { Count: > 0 } references } ? references : [target.Reference];

    private void Export(EngineConnection engine, string[] images, string path)
    {
        var export = new ImageExport
        {
            Images = images,
            Format = Format,
            Compression = Compression,
            Platform = Platform,
        };
        RunReporting(async (pump, reports) =>
        {
            var progress = new TransferProgress(reports, "Exporting images", path);
            progress.Begin();
            try
            {
                await using var file = OutputFile.Create(path, NoClobber, Force);
                await file.WriteAsync(
                    EngineClients.Of(engine).Images.ExportAsync(export, progress, pump.Stopped), _ => { }, pump.Stopped)
                    .ConfigureAwait(false);
            }
            finally
            {
                progress.Complete();
            }
        });
        WriteObject(FileItem.Of(this, path));
    }
}
