using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Removes containers and all that they wrote, several at once.</summary>
[Cmdlet(VerbsCommon.Remove, "Container", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveContainerCommand : ContainerActionCmdlet
{
    /// <summary>Kills a container that runs, instead of refusing to remove it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override string Action => Force ? "Kill and remove container" : "Remove container";

    private protected override int Concurrency => 16;

    private protected override Task ActAsync(ContainerTarget target, CancellationToken cancellationToken) =>
        EngineClients.Of(target.Engine).Containers.RemoveAsync(target.Reference, Force, cancellationToken);
}
