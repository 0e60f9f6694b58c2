using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Stops containers, several at once. One that does not run is left alone.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Container", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[ActsOn(ContainerState.Running, ContainerState.Paused, ContainerState.Restarting)]
[OutputType(typeof(Container))]
public sealed class StopContainerCommand : ContainerStopCmdlet
{
    private protected override string Action => "Stop container";

    // Stopping is mostly waiting: ten containers that take ten seconds each are not to take 100.
    private protected override int Concurrency => 16;

    private protected override Task ActAsync(ContainerTarget target, CancellationToken cancellationToken) =>
        EngineClients.Of(target.Engine).Containers.StopAsync(target.Reference, Signal, Timeout, cancellationToken);

    // One that removes itself when it ends is gone by now, and was stopped all the same.
    private protected override async Task<Container> AfterwardsAsync(
        ContainerTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await base.AfterwardsAsync(target, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Code == EngineErrorCode.NotFound && target.Target is Container)
        {
            return (Container)target.Target with { State = ContainerState.Removing, Status = "Removed", Pid = null };
        }
    }
}
