namespace Engine.Commands;

/// <summary>
/// The base of the cmdlets that change containers: they ask (ShouldProcess), act, and with -PassThru show what became of
/// the container.
/// </summary>
public abstract class ContainerActionCmdlet : ContainerCmdlet
{
    private OrderedWork? _work;

    /// <summary>What is done, for -WhatIf and -Confirm: <c>Stop container</c>.</summary>
    private protected abstract string Action { get; }

    /// <summary>How many containers are worked on at once. One where people count on the order.</summary>
    private protected virtual int Concurrency => 1;

    /// <summary>True when the container is written to the pipeline afterwards.</summary>
    private protected virtual bool WritesContainer => false;

    /// <summary>Does it.</summary>
    private protected abstract Task ActAsync(ContainerTarget target, CancellationToken cancellationToken);

    /// <summary>The container afterwards.</summary>
    private protected virtual Task<Container> AfterwardsAsync(ContainerTarget target, CancellationToken cancellationToken) =>
        EngineClients.Of(target.Engine).Containers.GetAsync(target.Reference, size: false, cancellationToken);

    /// <inheritdoc/>
    protected override void BeginProcessing() => _work = new OrderedWork(Concurrency);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ContainerTarget target in Targets())
        {
            if (ShouldProcess(target.Display, Action))
            {
                _work!.Begin(() => RunAsync(target), task => Finish(target, task));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _work!.FinishAll();

    private async Task<Container?> RunAsync(ContainerTarget target)
    {
        await ActAsync(target, PipelineStopToken).ConfigureAwait(false);
        return WritesContainer ? await AfterwardsAsync(target, PipelineStopToken).ConfigureAwait(false) : null;
    }

    private void Finish(ContainerTarget target, Task<Container?> task) => Try(
        () =>
        {
            if (Await(_ => task) is { } container)
            {
                WriteObject(container);
            }
        },
        target.Target);
}
