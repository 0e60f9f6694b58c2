using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Waits until containers have ended, or for another condition, all at once.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Container", DefaultParameterSetName = ByObject)]
[OutputType(typeof(ContainerExit))]
public sealed class WaitContainerCommand : ContainerCmdlet
{
    private readonly OrderedWork _work = new(int.MaxValue);

    /// <summary>What to wait for. By default, that the container does not run.</summary>
    [Parameter]
    public ContainerWaitCondition Condition { get; set; } = ContainerWaitCondition.NotRunning;

    /// <summary>How long to wait at most: seconds, <c>1m30s</c> or a TimeSpan. By default for ever.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ContainerTarget target in Targets())
        {
            _work.Begin(() => WaitAsync(target), task => Try(() => WriteObject(Await(_ => task)), target.Target));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _work.FinishAll();

    private async Task<ContainerExit> WaitAsync(ContainerTarget target)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(PipelineStopToken);
        limit.CancelAfter(Timeout is { Ticks: >= 0 } timeout ? timeout : System.Threading.Timeout.InfiniteTimeSpan);
        try
        {
            return await EngineClients.Of(target.Engine).Containers
                .WaitAsync(target.Reference, Condition, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!PipelineStopToken.IsCancellationRequested)
        {
            throw new EngineException(
                EngineErrorCode.Timeout,
                EngineErrorReason.TimedOut,
                $"Container '{target.Display}' did not come to '{Condition}' within {Timeout}.",
                target.Display);
        }
    }
}
