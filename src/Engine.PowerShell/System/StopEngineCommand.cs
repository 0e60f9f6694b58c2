using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Ends engines, and waits until they have ended. Their containers run on.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Engine", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StopEngineCommand : EngineCmdlet
{
    /// <summary>How long to wait for the end: seconds, <c>1m30s</c> or a TimeSpan. By default 30 seconds.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections, as Connect-Engine and Start-Engine return them.</summary>
    [Parameter(ValueFromPipeline = true)]
    public EngineConnection[]? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (EngineConnection engine in InputObject ?? Engines)
        {
            if (ShouldProcess(engine.ToString(), "Stop engine"))
            {
                Try(() => Stop(engine), engine);
            }
        }
    }

    private void Stop(EngineConnection engine)
    {
        Await(async stop =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Timeout);
            try
            {
                await PrivateEngine.StopAsync(engine, limit.Token).ConfigureAwait(false);
                return true;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                throw new EngineException(
                    EngineErrorCode.Timeout, EngineErrorReason.TimedOut, $"Engine '{engine}' did not end within {Timeout}.");
            }
        });
        EngineSession.Current.Disconnect(engine);
    }
}
