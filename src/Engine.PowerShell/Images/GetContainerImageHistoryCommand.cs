using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Shows the steps that images were made in, the last one first.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerImageHistory", DefaultParameterSetName = ByObject)]
[OutputType(typeof(ImageHistoryEntry))]
public sealed class GetContainerImageHistoryCommand : ContainerImageCmdlet
{
    /// <summary>
    /// Of a reference that names images of several platforms, this one: <c>os/arch[/variant]</c>. By default the engine's
    /// own.
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
            Try(
                () => WriteObject(
                    Await(stop => EngineClients.Of(target.Engine).Images.GetHistoryAsync(target.Reference, Platform, stop)),
                    enumerateCollection: true),
                target.Target);
        }
    }
}
