using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Engine.Commands;

/// <summary>Sends images to the registries that their references name, several at once.</summary>
[Cmdlet(VerbsData.Publish, "ContainerImage", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[OutputType(typeof(PushResult), typeof(EngineJob))]
public sealed class PublishContainerImageCommand : ContainerImageCmdlet
{
    private readonly List<EngineWork<PushResult>> _works = [];

    /// <summary>Sends every tag of the repository that the engine has; the reference then has none.</summary>
    [Parameter]
    public SwitchParameter AllTags { get; set; }

    /// <summary>
    /// Of a reference that names images of several platforms, only this one: <c>os/arch[/variant]</c>. By default all.
    /// </summary>
    [Parameter]
    [PlatformCompletions]
    [ValidateNotNullOrEmpty]
    public string? Platform { get; set; }

    /// <summary>Works in a job, and writes the job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ImageTarget target in Targets())
        {
            Try(() => Add(target), target.Target);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (AsJob && _works.Count > 0)
        {
            WriteJob(_works);
        }
        else
        {
            WriteWork(_works);
        }
    }

    private void Add(ImageTarget target)
    {
        string reference = target.Target is ContainerImage image ? ReferenceOf(image) : target.Reference;
        if (ShouldProcess(reference, AllTags ? "Publish all tags of image" : "Publish image"))
        {
            var push = new ImagePush { Reference = reference, AllTags = AllTags, Platform = Platform };
            _works.Add(new EngineWork<PushResult>(
                target.Engine, target.Target, (reports, stop) => PublishAsync(target.Engine, push, reports, stop)));
        }
    }

    // Each reference is another place, and some are open to the world: which one is meant is not to be guessed.
    private string ReferenceOf(ContainerImage image)
    {
        string[] places = [.. image.References.Select(r => AllTags ? ImagePattern.Repository(r) : r).Distinct()];
        return places switch
        {
            [string one] => one,
            [] => throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidReference,
                $"Image '{image.Id}' has no reference to say where it goes. Give it one with Add-ContainerImageTag.",
                image.Id),
            _ => throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.OnlyOneAllowed,
                $"Image '{Display.ShortId(image.Id)}' has several references: {string.Join(", ", places)}. Say with "
                    + "-Reference which of them to publish.",
                image.Id),
        };
    }

    private static async IAsyncEnumerable<PushResult> PublishAsync(
        EngineConnection engine, ImagePush push, IWorkReports reports, [EnumeratorCancellation] CancellationToken stop)
    {
        var progress = new TransferProgress(reports, "Publishing image", push.Reference);
        progress.Begin();
        try
        {
            RegistryCredential? credential =
                await RegistryCredentials.ForAsync(push.Reference, stop).ConfigureAwait(false);
            await foreach (PushResult result in EngineClients.Of(engine).Images
                .PushAsync(push with { Credential = credential }, progress, new RegistryWarnings(reports), stop)
                .ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            progress.Complete();
        }
    }
}
