using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Takes references away from images, and the images themselves with their last one.</summary>
[Cmdlet(VerbsCommon.Remove, "ContainerImage", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[OutputType(typeof(ImageRemoval))]
public sealed class RemoveContainerImageCommand : ContainerImageCmdlet
{
    /// <summary>Also removes an image that has several references, when it is given by its id or as an object.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Keeps the images without a reference that it was made of.</summary>
    [Parameter]
    public SwitchParameter NoPrune { get; set; }

    /// <summary>
    /// Of a reference that names images of several platforms, only this one: <c>os/arch[/variant]</c>. By default all.
    /// </summary>
    [Parameter]
    [PlatformCompletions]
    [ValidateNotNullOrEmpty]
    public string? Platform { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ImageTarget target in Targets())
        {
            if (ShouldProcess(target.Display, "Remove image"))
            {
                Try(
                    () => WriteObject(Await(stop =>
                        EngineClients.Of(target.Engine).Images
                            .RemoveAsync(target.Reference, Force, NoPrune, Platform, stop))),
                    target.Target);
            }
        }
    }
}
