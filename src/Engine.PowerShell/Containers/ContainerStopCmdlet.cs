using System.Management.Automation;

namespace Engine.Commands;

/// <summary>What Stop-Container and Restart-Container share: how the container is asked to end, and how long it may take.</summary>
public abstract class ContainerStopCmdlet : ContainerActionCmdlet
{
    /// <summary>The signal that asks the container to end: a name or a number. By default the container's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompletions("TERM", "INT", "QUIT", "HUP", "KILL")]
    public string? Signal { get; set; }

    /// <summary>
    /// How long to wait before the container is killed: seconds, <c>1m30s</c> or a TimeSpan; -1 for ever. By default
    /// the container's own, else 10 seconds.
    /// </summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Writes the containers to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool WritesContainer => PassThru;
}
