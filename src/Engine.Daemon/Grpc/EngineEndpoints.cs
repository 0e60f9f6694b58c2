using Engine.Daemon.Hosting;

namespace Engine.Daemon.Grpc;

/// <summary>The services that the engine offers.</summary>
internal static class EngineEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapEngineServices(this WebApplication app)
    {
        app.MapGrpcService<EngineHealth>();
        app.MapGrpcReflectionService().WithMetadata(new EndsAtDrainAttribute());
    }
}
