using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Freezes all processes of containers.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "Container", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[ActsOn(ContainerState.Running)]
[OutputType(typeof(Container))]
public sealed class SuspendContainerCommand : ContainerActionCmdlet
{
    /// <summary>Writes the containers to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Suspend container";

    private protected override bool WritesContainer => PassThru;

    private protected override Task ActAsync(ContainerTarget target, CancellationToken cancellationToken) =>
        EngineClients.Of(target.Engine).Containers.PauseAsync(target.Reference, cancellationToken);
}
