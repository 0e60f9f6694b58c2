using System.Runtime.InteropServices;

namespace Engine.Daemon.Hosting;

/// <summary>
/// What signals mean. SIGTERM and SIGINT begin the drain, and once more end it at once: calls that still run are cut
/// off. SIGHUP is kept for reloading the configuration, and must not end an engine that cannot do that yet.
/// </summary>
internal sealed partial class EngineLifetime(
    IHostApplicationLifetime application, Drain drain, ILogger<EngineLifetime> logger) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _asked;

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _asked) == 1)
        {
            Stopping(logger, context.Signal);
            application.StopApplication();
        }
        else
        {
            Hurrying(logger, context.Signal);
            drain.EndNow();
        }
    }

    private void Ignore(PosixSignalContext context)
    {
        context.Cancel = true;
        Ignoring(logger);
    }
}
