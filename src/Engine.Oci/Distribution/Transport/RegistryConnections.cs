using System.Collections.Concurrent;
using System.Net;

namespace Engine.Oci.Distribution.Transport;

/// <summary>
/// The connections, kept for each registry on its own: what is trusted and what the client shows is the registry's, and
/// holds for the token server and the storage that it sends us to, as with Docker. Certificates that are put into certs.d
/// while the engine runs count from the next request on.
/// </summary>
internal sealed class RegistryConnections(RegistryOptions options) : IDisposable
{
    // A registry's headers have a few hundred bytes; links and tokens in them a few thousand.
    private const int MaxHeaderKilobytes = 64;

    private readonly ConcurrentDictionary<(string Registry, bool Insecure, string Certificates), Lazy<HttpMessageInvoker>> _open
        = [];

    private readonly RegistryProxy _proxy = RegistryProxy.From(options);

    /// <summary>The connections of a registry.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidRegistryCertificate"/>.</exception>
    public HttpMessageInvoker To(RegistryEndpoint endpoint)
    {
        // Connections with certificates that have changed since stay for what still uses them; they close when idle.
        (string Registry, bool Insecure, string Certificates) key = (
            endpoint.Registry, endpoint.IsInsecure,
            RegistryCertificates.Stamp(options.CertificateDirectories, endpoint.Registry));
        Lazy<HttpMessageInvoker> connection = _open.GetOrAdd(
            key, static (key, self) => new Lazy<HttpMessageInvoker>(() => self.Open(key.Registry, key.Insecure)), this);
        try
        {
            return connection.Value;
        }
        catch (EngineException)
        {
            // The administrator is going to mend the files: they are read again the next time.
            _open.TryRemove(new(key, connection));
            throw;
        }
    }

    public void Dispose()
    {
        foreach (Lazy<HttpMessageInvoker> connection in _open.Values)
        {
            if (connection.IsValueCreated)
            {
                connection.Value.Dispose();
            }
        }
    }

    private HttpMessageInvoker Open(string registry, bool insecure)
    {
        var certificates = RegistryCertificates.Load(options.CertificateDirectories, registry);
        var handler = new SocketsHttpHandler
        {
            // Redirects are followed by hand, since this one would carry headers to hosts that must not see them.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            Expect100ContinueTimeout = TimeSpan.FromSeconds(1),
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = MaxHeaderKilobytes * 1024,
            // Names move to other addresses while an engine runs for months.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            Proxy = _proxy,
            UseProxy = true,
            SslOptions = ServerTrust.Options(registry, certificates, insecure),
        };
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }
}
