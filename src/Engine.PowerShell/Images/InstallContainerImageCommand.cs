using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Brings images from registries, several at once.</summary>
[Cmdlet(VerbsLifecycle.Install, "ContainerImage", SupportsShouldProcess = true)]
[OutputType(typeof(ContainerImage), typeof(EngineJob))]
public sealed class InstallContainerImageCommand : EngineCmdlet
{
    private readonly List<EngineWork<ContainerImage>> _works = [];

    /// <summary>
    /// References: <c>busybox</c>, <c>registry.example:5000/team/app:2</c>, or with a digest after <c>@</c>.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("References", "Image", "Name")]
    [NameTransformation]
    [ValidateNotNullOrEmpty]
    [ImageCompleter]
    public string[] Reference { get; set; } = [];

    /// <summary>The platform, as <c>os/arch[/variant]</c>. By default what suits the engine's host best.</summary>
    [Parameter]
    [PlatformCompletions]
    [ValidateNotNullOrEmpty]
    public string? Platform { get; set; }

    /// <summary>Brings every tag of the repository; the reference then has none.</summary>
    [Parameter]
    public SwitchParameter AllTags { get; set; }

    /// <summary>
    /// When to ask the registry: Always (the default; what is here is not downloaded again), Missing (when no such image
    /// is here) or Never.
    /// </summary>
    [Parameter]
    public PullPolicy Policy { get; set; } = PullPolicy.Always;

    /// <summary>Works in a job, and writes the job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string reference in Reference)
        {
            foreach (EngineConnection engine in Engines)
            {
                if (ShouldProcess(reference, AllTags ? "Install all tags of image" : "Install image"))
                {
                    _works.Add(new EngineWork<ContainerImage>(
                        engine, reference, (reports, stop) => InstallAsync(engine, reference, reports, stop)));
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // All of them are known now, and go side by side.
        if (AsJob && _works.Count > 0)
        {
            WriteJob(_works);
        }
        else
        {
            WriteWork(_works);
        }
    }

    private IAsyncEnumerable<ContainerImage> InstallAsync(
        EngineConnection engine, string reference, IWorkReports reports, CancellationToken stop) =>
        ImagePuller.PullAsync(
            engine,
            new ImagePull { Reference = reference, Platform = Platform, AllTags = AllTags, Policy = Policy },
            reports,
            stop);
}
