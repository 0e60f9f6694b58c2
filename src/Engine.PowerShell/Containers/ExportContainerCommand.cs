using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Writes the files of a container as a tar: to a file, or as bytes to the pipeline.</summary>
[Cmdlet(VerbsData.Export, "Container", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(byte[]))]
public sealed class ExportContainerCommand : ContainerCmdlet
{
    private readonly List<ContainerTarget> _targets = [];

    /// <summary>The file, relative to where the session stands. It is no pattern.</summary>
    [Parameter(Position = 1)]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Writes the tar to the pipeline, as arrays of bytes, instead of to a file.</summary>
    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>Does not replace a file that is there.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a file that is there even when it may only be read.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (AsByteStream == Path is not null)
        {
            Fail(new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.OnlyOneAllowed,
                "Say where the tar goes: give either -Path or -AsByteStream."));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _targets.AddRange(Targets());

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_targets.Count > 1)
        {
            Fail(
                new EngineException(
                    EngineErrorCode.InvalidArgument,
                    EngineErrorReason.OnlyOneAllowed,
                    $"One tar holds one container; these are {_targets.Count}: "
                        + $"{string.Join(", ", _targets.Select(t => t.Display))}. Export them one by one."));
        }

        foreach (ContainerTarget target in _targets)
        {
            string? path = Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path);
            if (ShouldProcess(target.Display, path is null ? "Export container" : $"Export container to '{path}'"))
            {
                Try(() => Export(target, path), target.Target);
            }
        }
    }

    private void Export(ContainerTarget target, string? path)
    {
        RunReporting(async (pump, reports) =>
        {
            var progress = new TransferProgress(reports, "Exporting container", target.Display);
            progress.Begin();
            IAsyncEnumerable<ReadOnlyMemory<byte>> tar =
                EngineClients.Of(target.Engine).Containers.ExportAsync(target.Reference, pump.Stopped);
            try
            {
                await (path is null ? PassOnAsync(tar, pump) : WriteAsync(tar, path, progress, pump))
                    .ConfigureAwait(false);
            }
            finally
            {
                progress.Complete();
            }
        });
        if (path is not null)
        {
            WriteObject(FileItem.Of(this, path));
        }
    }

    private async Task PassOnAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> tar, PipelinePump pump)
    {
        await foreach (ReadOnlyMemory<byte> piece in tar.ConfigureAwait(false))
        {
            await pump.PerformAsync(() => WriteObject(piece.ToArray(), enumerateCollection: false))
                .ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> tar, string path, TransferProgress progress, PipelinePump pump)
    {
        await using var file = OutputFile.Create(path, NoClobber, Force);
        await file.WriteAsync(
            tar, count => progress.Report(new ImageProgress(path, "Writing", count, null)), pump.Stopped)
            .ConfigureAwait(false);
    }
}
