using System.Management.Automation;
using Engine.Client;

namespace Engine.Commands;

/// <summary>
/// Brings images into the engine: docker-save archives, OCI layouts (tars or directories), or the tar of a root file
/// system, compressed or not. Which one it is shows in the content.
/// </summary>
[Cmdlet(VerbsData.Import, "ContainerImage", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(ContainerImage))]
public sealed class ImportContainerImageCommand : EngineCmdlet
{
    private const string ByPath = "ByPath";
    private const string ByLiteralPath = "ByLiteralPath";
    private const string ByStream = "ByStream";

    /// <summary>Archives, or directories that hold an OCI layout: paths, with wildcards, or files as Get-ChildItem writes them.</summary>
    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PathTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Archives or directories, by their exact paths.</summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>A stream of an archive, from where it stands to its end. It stays open.</summary>
    [Parameter(ParameterSetName = ByStream, Mandatory = true)]
    [ValidateNotNull]
    public Stream InputStream { get; set; } = Stream.Null;

    /// <summary>References for what is imported, beside those that the archive names.</summary>
    [Parameter(Position = 1)]
    public string[] Reference { get; set; } = [];

    /// <summary>Dockerfile instructions for the configuration of a root file system: <c>CMD ["sh"]</c>, <c>ENV A=1</c> …</summary>
    [Parameter]
    public string[] Change { get; set; } = [];

    /// <summary>The comment of a root file system's layer.</summary>
    [Parameter]
    public string? Message { get; set; }

    /// <summary>The platform to take of several, or that a root file system is for: <c>os/arch[/variant]</c>.</summary>
    [Parameter]
    [PlatformCompletions]
    public string? Platform { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByStream)
        {
            Import("a stream", _ => (InputStream, InputStream.CanSeek ? InputStream.Length - InputStream.Position : null), false);
            return;
        }

        foreach (string path in Path)
        {
            Try(() => ImportAll(GetResolvedProviderPathFromPSPath(path, out _)), path);
        }

        ImportAll(LiteralPath.Select(GetUnresolvedProviderPathFromPSPath));
    }

    private void ImportAll(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            Import(path, stop => Open(path, stop), true);
        }
    }

    private static (Stream Archive, long? Length) Open(string path, CancellationToken stop)
    {
        if (Directory.Exists(path))
        {
            return (LayoutArchive.Open(path, stop), null);
        }

        var file = new FileStream(path, new FileStreamOptions
        {
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            Share = FileShare.Read,
        });
        return (file, file.Length);
    }

    private void Import(string source, Func<CancellationToken, (Stream Archive, long? Length)> open, bool close)
    {
        foreach (EngineConnection engine in Engines)
        {
            if (ShouldProcess(source, "Import image"))
            {
                Try(() => Import(engine, source, open, close), source);
            }
        }
    }

    private void Import(
        EngineConnection engine, string source, Func<CancellationToken, (Stream Archive, long? Length)> open, bool close)
    {
        var import = new ImageImport
        {
            References = Reference,
            Changes = Change,
            Message = Message ?? "",
            Platform = Platform,
        };
        RunReporting(async (pump, reports) =>
        {
            var progress = new TransferProgress(reports, "Importing images", source);
            progress.Begin();
            (Stream archive, long? length) = open(pump.Stopped);
            try
            {
                await foreach (ContainerImage image in EngineClients.Of(engine).Images
                    .ImportAsync(archive, import, length, progress, pump.Stopped).ConfigureAwait(false))
                {
                    await pump.PostAsync(() => WriteObject(image)).ConfigureAwait(false);
                }
            }
            finally
            {
                progress.Complete();
                if (close)
                {
                    await archive.DisposeAsync().ConfigureAwait(false);
                }
            }
        });
    }
}
