using Grpc.Net.Client;

namespace Engine.Client;

/// <summary>Makes the channel that an address asks for.</summary>
internal static class EngineChannel
{
    public static GrpcChannel Open(Uri uri)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme != "unix")
        {
            throw new EngineException(
                EngineErrorCode.NotSupported,
                EngineErrorReason.InvalidEngineUri,
                $"'{uri}' is not an address that this version reaches. Use unix:///<path of the engine's socket>.",
                uri.ToString());
        }

        var connector = new UnixSocketConnector(uri);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            // One HTTP/2 connection carries 100 calls at once; more calls get more connections instead of waiting.
            EnableMultipleHttp2Connections = true,
            // The address below is not a real one: neither http_proxy nor a redirect may lead a call elsewhere.
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        };
        return GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            // An index with all its manifests is one message: 16 MiB of documents at most, and what they were read as.
            MaxReceiveMessageSize = 48 * 1024 * 1024,
        });
    }
}
