using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Starts containers, one after the other. One that runs already is left alone.</summary>
[Cmdlet(VerbsLifecycle.Start, "Container", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[ActsOn(ContainerState.Created, ContainerState.Exited)]
[OutputType(typeof(Container))]
public sealed class StartContainerCommand : ContainerActionCmdlet
{
    /// <summary>Writes the containers to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Start container";

    private protected override bool WritesContainer => PassThru;

    private protected override Task ActAsync(ContainerTarget target, CancellationToken cancellationToken) =>
        EngineClients.Of(target.Engine).Containers.StartAsync(target.Reference, cancellationToken);
}
