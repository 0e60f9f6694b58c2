using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Gives a container another name.</summary>
[Cmdlet(VerbsCommon.Rename, "Container", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[OutputType(typeof(Container))]
public sealed class RenameContainerCommand : ContainerActionCmdlet
{
    /// <summary>The new name.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string NewName { get; set; } = "";

    /// <summary>Writes the container to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => $"Rename container to '{NewName}'";

    private protected override bool WritesContainer => PassThru;

    private protected override Task ActAsync(ContainerTarget target, CancellationToken cancellationToken) =>
        EngineClients.Of(target.Engine).Containers.RenameAsync(target.Reference, NewName, cancellationToken);

    private protected override Task<Container> AfterwardsAsync(ContainerTarget target, CancellationToken cancellationToken) =>
        EngineClients.Of(target.Engine).Containers.GetAsync(NewName, size: false, cancellationToken);
}
