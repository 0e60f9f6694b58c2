using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Engine.Commands;

/// <summary>Waits until containers have ended, or for another condition, all at once.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Container", DefaultParameterSetName = ByObject)]
[OutputType(typeof(ContainerExit), typeof(EngineJob))]
public sealed class WaitContainerCommand : ContainerCmdlet
{
    private readonly OrderedWork _work = new(int.MaxValue);
    private readonly List<ContainerTarget> _targets = [];

    /// <summary>What to wait for. By default, that the container does not run.</summary>
    [Parameter]
    public ContainerWaitCondition Condition { get; set; } = ContainerWaitCondition.NotRunning;

    /// <summary>How long to wait at most: seconds, <c>1m30s</c> or a TimeSpan. By default for ever.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Waits in a job, and writes the job. Its output comes in the order in which the containers end.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ContainerTarget target in Targets())
        {
            if (AsJob)
            {
                _targets.Add(target);
                continue;
            }

            _work.Begin(
                () => WaitAsync(target, PipelineStopToken), task => Try(() => WriteObject(Await(_ => task)), target.Target));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _work.FinishAll();
        if (AsJob)
        {
            WriteJob<ContainerExit>(_targets.Select(t => t.Engine), [.. _targets.Select(t =>
                ((Func<CancellationToken, IAsyncEnumerable<ContainerExit>>)(stop => ExitAsync(t, stop)), (object?)t.Target))]);
        }
    }

    private async IAsyncEnumerable<ContainerExit> ExitAsync(
        ContainerTarget target, [EnumeratorCancellation] CancellationToken stop)
    {
        yield return await WaitAsync(target, stop).ConfigureAwait(false);
    }

    private async Task<ContainerExit> WaitAsync(ContainerTarget target, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Timeout is { Ticks: >= 0 } timeout ? timeout : System.Threading.Timeout.InfiniteTimeSpan);
        try
        {
            return await EngineClients.Of(target.Engine).Containers
                .WaitAsync(target.Reference, Condition, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new EngineException(
                EngineErrorCode.Timeout,
                EngineErrorReason.TimedOut,
                $"Container '{target.Display}' did not come to '{Condition}' within {Timeout}.",
                target.Display);
        }
    }
}
