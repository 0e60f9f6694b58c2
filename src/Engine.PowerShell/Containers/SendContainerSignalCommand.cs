using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Sends a signal to the first process of containers.</summary>
[Cmdlet(VerbsCommunications.Send, "ContainerSignal", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[ActsOn(ContainerState.Running, ContainerState.Paused)]
[OutputType(typeof(Container))]
public sealed class SendContainerSignalCommand : ContainerActionCmdlet
{
    /// <summary>The signal: a name, with or without SIG, or a number. KILL by default.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompletions("KILL", "TERM", "INT", "HUP", "QUIT", "USR1", "USR2", "CONT", "STOP", "WINCH")]
    public string Signal { get; set; } = "KILL";

    /// <summary>Writes the containers to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => $"Send signal {Signal}";

    private protected override bool WritesContainer => PassThru;

    private protected override Task ActAsync(ContainerTarget target, CancellationToken cancellationToken) =>
        EngineClients.Of(target.Engine).Containers.SignalAsync(target.Reference, Signal, cancellationToken);
}
