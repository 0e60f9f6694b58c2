using Engine.Core;

namespace Engine.Daemon.Hosting;

/// <summary>
/// Brings the engine to life before the sockets listen: hosted services start in the order of their registration, and
/// Kestrel's is the last. What the engine has open is closed with the container of services, when the last call has ended.
/// </summary>
internal sealed class EngineService(EngineStartup engine) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
