using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;

namespace Engine.Daemon.Hosting;

/// <summary>The gRPC health service; a watch of it ends with the engine.</summary>
internal sealed class EngineHealth : HealthServiceImpl
{
    /// <inheritdoc/>
    [EndsAtDrain]
    public override Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context) =>
        base.Watch(request, responseStream, context);
}
