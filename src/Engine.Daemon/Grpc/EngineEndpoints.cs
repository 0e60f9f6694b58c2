using Engine.Daemon.Hosting;
using Grpc.Health.V1;
using Grpc.Reflection;
using Wire = Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <summary>The services that the engine offers.</summary>
internal static class EngineEndpoints
{
    /// <summary>Adds the services, one of each for all calls, and the answers to what services there are.</summary>
    public static void AddEngineServices(this IServiceCollection services)
    {
        services.AddSingleton<ContainersService>();
        services.AddSingleton<ImagesService>();
        services.AddSingleton<RegistriesService>();
        services.AddSingleton<SystemService>();
        services.AddSingleton<EngineHealth>();
        var described = new[]
        {
            Wire.Containers.Descriptor, Wire.Images.Descriptor, Wire.Registries.Descriptor, Wire.System.Descriptor,
            Health.Descriptor,
        };
        services.AddSingleton(new ReflectionV1ServiceImpl(described));
        services.AddSingleton(new ReflectionServiceImpl(described));
    }

    /// <summary>Maps the services. Reflection comes in two versions: tools still ask for the older one.</summary>
    public static void MapEngineServices(this WebApplication app)
    {
        app.MapGrpcService<ContainersService>();
        app.MapGrpcService<ImagesService>();
        app.MapGrpcService<RegistriesService>();
        app.MapGrpcService<SystemService>();
        app.MapGrpcService<EngineHealth>();
        app.MapGrpcService<ReflectionV1ServiceImpl>().WithMetadata(new EndsAtDrainAttribute());
        app.MapGrpcService<ReflectionServiceImpl>().WithMetadata(new EndsAtDrainAttribute());
    }
}
