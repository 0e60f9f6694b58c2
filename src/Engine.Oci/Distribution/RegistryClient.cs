using Engine.Oci.Distribution.Authentication;
using Engine.Oci.Distribution.Transport;
using Engine.Oci.References;

namespace Engine.Oci.Distribution;

/// <summary>
/// A client of registries that speak the OCI distribution protocol, version 1. One serves a whole engine: connections,
/// tokens and what was learnt of each registry are shared by all that is done with it.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private readonly RegistryOptions _options;
    private readonly TimeProvider _time;
    private readonly RegistryConnections _connections;
    private readonly RegistryExchange _exchange;
    private readonly RegistryEndpoints _endpoints;
    private readonly TokenServer _tokens;

    /// <summary>Makes a client; nothing is connected yet.</summary>
    /// <param name="options">How registries are reached.</param>
    /// <param name="time">The clock of tokens, delays and time limits.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidConfiguration"/>: a mirror, a proxy or an
    /// insecure registry is malformed.</exception>
    public RegistryClient(RegistryOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _time = time;
        _endpoints = new RegistryEndpoints(options);
        _connections = new RegistryConnections(options);
        _exchange = new RegistryExchange(options, time, _connections);
        _tokens = new TokenServer(options, time, _exchange);
    }

    /// <summary>Opens a repository. Nothing is sent before something is asked of it.</summary>
    /// <param name="reference">The repository; tag and digest do not matter.</param>
    /// <param name="credential">Who asks; null for anybody. It is sent to the reference's registry, and to the token
    /// server that the registry names over a connection that can be trusted; to no mirror and to nobody else.</param>
    /// <param name="access">What is going to be done.</param>
    /// <param name="observer">Hears of warnings and of retries.</param>
    /// <param name="insecure">True treats the registry as one of <see cref="RegistryOptions.InsecureRegistries"/>.</param>
    public RepositoryClient Open(
        ImageReference reference,
        RegistryCredential? credential,
        RepositoryAccess access,
        IRegistryObserver? observer = null,
        bool insecure = false)
    {
        ArgumentNullException.ThrowIfNull(reference);
        string[] actions = access == RepositoryAccess.Push ? ["pull", "push"] : ["pull"];
        var scopes = ScopeSet.Repository(reference.Path, actions);
        return new RepositoryClient(new RepositoryCalls(
            reference,
            _options,
            new Attempts(_options, _time, observer),
            async cancellationToken =>
                [.. (await _endpoints.FindAsync(reference.Domain, access, insecure, cancellationToken).ConfigureAwait(false))
                    .Select(endpoint => Session(endpoint, endpoint.IsMirror ? null : credential, scopes, observer))],
            observer));
    }

    /// <summary>Ends all connections.</summary>
    public void Dispose() => _connections.Dispose();

    private EndpointSession Session(
        RegistryEndpoint endpoint, RegistryCredential? credential, ScopeSet scopes, IRegistryObserver? observer) =>
        new(endpoint, _options, _exchange, new EndpointAuthorization(endpoint, credential, scopes, _tokens), observer);
}
