using System.Management.Automation;
using System.Text;

namespace Engine.Commands;

/// <summary>Gets manifests from their registries: of an index, with the manifests below it.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerManifest")]
[OutputType(typeof(ManifestDescriptor), typeof(string))]
public sealed class GetContainerManifestCommand : EngineCmdlet
{
    /// <summary>References of images at their registries.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ImageCompleter]
    public string[] Reference { get; set; } = [];

    /// <summary>Takes plain HTTP and unknown certificates.</summary>
    [Parameter]
    public SwitchParameter Insecure { get; set; }

    /// <summary>Writes the document itself, as a string.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string reference in Reference)
        {
            foreach (EngineConnection engine in Engines)
            {
                Try(() => Write(engine, reference), reference);
            }
        }
    }

    private void Write(EngineConnection engine, string reference)
    {
        ManifestDescriptor manifest = Await(async stop =>
        {
            RegistryCredential? credential = await RegistryCredentials.ForAsync(reference, stop).ConfigureAwait(false);
            return await EngineClients.Of(engine).Registries
                .GetManifestAsync(reference, Insecure, credential, stop).ConfigureAwait(false);
        });
        WriteObject(Raw ? Encoding.UTF8.GetString(manifest.Raw.Span) : manifest);
    }
}
