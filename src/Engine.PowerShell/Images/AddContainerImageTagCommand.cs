using System.Management.Automation;
using Engine.Client;

namespace Engine.Commands;

/// <summary>Gives an image more references. One that another image has is taken from it.</summary>
[Cmdlet(VerbsCommon.Add, "ContainerImageTag", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[OutputType(typeof(ContainerImage))]
public sealed class AddContainerImageTagCommand : ContainerImageCmdlet
{
    /// <summary>The new references; without a tag, <c>latest</c> is meant.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[] NewReference { get; set; } = [];

    /// <summary>Writes the image to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ImageTarget target in Targets())
        {
            ImagesClient images = EngineClients.Of(target.Engine).Images;
            foreach (string reference in NewReference)
            {
                if (ShouldProcess(target.Display, $"Add reference '{reference}'"))
                {
                    Try(() => Add(images, target, reference), target.Target);
                }
            }
        }
    }

    private void Add(ImagesClient images, ImageTarget target, string reference)
    {
        ContainerImage? tagged = Await(async stop =>
        {
            await images.TagAsync(target.Reference, reference, stop).ConfigureAwait(false);
            return PassThru ? await images.GetAsync(reference, platform: null, stop).ConfigureAwait(false) : null;
        });
        if (tagged is not null)
        {
            WriteObject(tagged);
        }
    }
}
