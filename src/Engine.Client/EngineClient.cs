using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Engine.Client;

/// <summary>
/// A connection to one engine. Making one does no I/O: the first call connects, and a lost connection is made again by
/// the next call. Safe for use by several threads at once.
/// </summary>
/// <remarks>
/// All methods of its parts throw <see cref="EngineException"/>, and <see cref="OperationCanceledException"/> when their
/// token was cancelled, which also ends the call on the engine.
/// </remarks>
public sealed class EngineClient : IDisposable
{
    private readonly GrpcChannel _channel;

    /// <summary>Makes a client of the engine at an address.</summary>
    /// <param name="connection">The engine. Every object that it sends remembers this.</param>
    /// <exception cref="EngineException">InvalidEngineUri, or NotSupported for a scheme other than <c>unix</c>.</exception>
    public EngineClient(EngineConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Connection = connection;
        _channel = EngineChannel.Open(connection.Uri);
        CallInvoker invoker = _channel.Intercept(new StatusInterceptor());
        Containers = new ContainersClient(invoker, connection);
        Images = new ImagesClient(invoker, connection);
        Registries = new RegistriesClient(invoker, connection);
        System = new SystemClient(invoker, connection);
    }

    /// <summary>The engine.</summary>
    public EngineConnection Connection { get; }

    /// <summary>Its containers.</summary>
    public ContainersClient Containers { get; }

    /// <summary>Its images.</summary>
    public ImagesClient Images { get; }

    /// <summary>Registries, as the engine reaches them.</summary>
    public RegistriesClient Registries { get; }

    /// <summary>The engine itself.</summary>
    public SystemClient System { get; }

    /// <summary>Closes the connection; calls in flight fail.</summary>
    public void Dispose() => _channel.Dispose();
}
