using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Stops containers that run, and starts them all, one after the other.</summary>
[Cmdlet(VerbsLifecycle.Restart, "Container", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[OutputType(typeof(Container))]
public sealed class RestartContainerCommand : ContainerStopCmdlet
{
    private protected override string Action => "Restart container";

    private protected override Task ActAsync(ContainerTarget target, CancellationToken cancellationToken) =>
        EngineClients.Of(target.Engine).Containers.RestartAsync(target.Reference, Signal, Timeout, cancellationToken);
}
