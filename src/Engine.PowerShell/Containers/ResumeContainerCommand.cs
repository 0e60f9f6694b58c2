using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Thaws all processes of containers.</summary>
[Cmdlet(VerbsLifecycle.Resume, "Container", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[ActsOn(ContainerState.Paused)]
[OutputType(typeof(Container))]
public sealed class ResumeContainerCommand : ContainerActionCmdlet
{
    /// <summary>Writes the containers to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Resume container";

    private protected override bool WritesContainer => PassThru;

    private protected override Task ActAsync(ContainerTarget target, CancellationToken cancellationToken) =>
        EngineClients.Of(target.Engine).Containers.ResumeAsync(target.Reference, cancellationToken);
}
