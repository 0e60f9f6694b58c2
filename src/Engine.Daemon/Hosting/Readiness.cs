using Grpc.Health.V1;
using Microsoft.Extensions.Hosting.Systemd;

namespace Engine.Daemon.Hosting;

/// <summary>
/// Tells the service manager (sd_notify(3)) and gRPC health clients whether the engine serves. Whoever sets
/// NOTIFY_SOCKET is told, be it systemd or another supervisor.
/// </summary>
internal sealed partial class Readiness(
    IHostApplicationLifetime application, EngineHealth health, ISystemdNotifier notifier, ILogger<Readiness> logger)
    : IHostedService
{
    private static readonly string[] s_services =
        ["", Protocol.V1.Containers.Descriptor.FullName, Protocol.V1.Images.Descriptor.FullName, Protocol.V1.System.Descriptor.FullName];

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Report(HealthCheckResponse.Types.ServingStatus.NotServing);
        // Raised when every hosted service has started, Kestrel last: the state is recovered and the sockets listen.
        application.ApplicationStarted.Register(() =>
        {
            Report(HealthCheckResponse.Types.ServingStatus.Serving);
            notifier.Notify(ServiceState.Ready);
            Ready(logger);
        });
        application.ApplicationStopping.Register(() =>
        {
            Report(HealthCheckResponse.Types.ServingStatus.NotServing);
            notifier.Notify(ServiceState.Stopping);
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Report(HealthCheckResponse.Types.ServingStatus status)
    {
        foreach (var service in s_services)
        {
            health.SetStatus(service, status);
        }
    }
}
