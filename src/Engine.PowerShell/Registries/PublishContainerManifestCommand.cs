using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Pushes lists of manifests: one name for an image of several platforms.</summary>
[Cmdlet(VerbsData.Publish, "ContainerManifest", SupportsShouldProcess = true)]
[OutputType(typeof(PushResult))]
public sealed class PublishContainerManifestCommand : EngineCmdlet
{
    /// <summary>Lists, as New-ContainerManifest makes them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ManifestList[] InputObject { get; set; } = [];

    /// <summary>Takes plain HTTP and unknown certificates.</summary>
    [Parameter]
    public SwitchParameter Insecure { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ManifestList list in InputObject)
        {
            foreach (EngineConnection engine in Engines)
            {
                if (ShouldProcess(list.Reference, "Publish manifest list"))
                {
                    Try(() => WriteObject(Await(stop => PushAsync(engine, list, stop))), list.Reference);
                }
            }
        }
    }

    private async Task<PushResult> PushAsync(EngineConnection engine, ManifestList list, CancellationToken stop)
    {
        RegistryCredential? credential = await RegistryCredentials.ForAsync(list.Reference, stop).ConfigureAwait(false);
        return await EngineClients.Of(engine).Registries
            .PushManifestListAsync(list, Insecure, credential, stop).ConfigureAwait(false);
    }
}
