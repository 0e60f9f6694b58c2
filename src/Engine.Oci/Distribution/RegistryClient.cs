using System.Runtime.CompilerServices;
using Engine.Oci.Distribution.Authentication;
using Engine.Oci.Distribution.Faults;
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
    /// <param name="insecure">True treats the registry as one of
    /// <see cref="RegistryOptions.InsecureRegistries"/>.</param>
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
                [.. (await _endpoints.FindAsync(reference.Domain, access, insecure, cancellationToken)
                    .ConfigureAwait(false))
                    .Select(endpoint => Session(endpoint, endpoint.IsMirror ? null : credential, scopes, observer))],
            observer));
    }

    /// <summary>Checks a credential at a registry.</summary>
    /// <param name="registry"><c>host[:port]</c>; empty for docker.io.</param>
    /// <param name="credential">What is checked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A token to keep instead of the password; null when the registry gave none.</returns>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.RegistryUnauthorized"/>: it is not accepted; and
    /// the reasons of <see cref="RepositoryClient"/>.</exception>
    public async Task<string?> SignInAsync(
        string registry, RegistryCredential credential, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(credential);
        IReadOnlyList<RegistryEndpoint> endpoints = await _endpoints.FindAsync(
            Domain(registry), RepositoryAccess.Push, insecure: false, cancellationToken).ConfigureAwait(false);
        var signIn = new SignIn(Session(endpoints[0], credential, ScopeSet.Empty, observer: null), _tokens, credential);
        return await FinalAsync("sign-in", () => signIn.RunAsync(cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Searches a registry's index; most registries besides Docker Hub have none.</summary>
    /// <param name="search">What for, and where.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException">The code <see cref="EngineErrorCode.NotSupported"/>: the registry has no
    /// search;
    /// <see cref="EngineErrorReason.InvalidReference"/>; and the reasons of <see cref="RepositoryClient"/>.</exception>
    public async IAsyncEnumerable<FoundImage> SearchAsync(
        RepositorySearch search, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        var index = new IndexSearch(search, _options);
        index.Check();
        RegistryEndpoint endpoint = await _endpoints.FindHostAsync(index.Host, cancellationToken).ConfigureAwait(false);
        EndpointSession session = Session(endpoint, search.Credential, ScopeSet.Empty, observer: null);
        foreach (FoundImage found in await FinalAsync(
            "search", () => index.RunAsync(session, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            yield return found;
        }
    }

    /// <summary>Ends all connections.</summary>
    public void Dispose() => _connections.Dispose();

    private static string Domain(string registry)
    {
        string domain = registry.Length == 0 || registry is "index.docker.io" or "registry-1.docker.io"
            ? ImageReference.DefaultDomain
            : registry;
        return ReferenceGrammar.IsDomain(domain)
            ? domain
            : throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidReference,
                $"'{Shown.Text(registry)}' is not a registry: it must be host[:port].",
                Shown.Text(registry));
    }

    private async Task<T> FinalAsync<T>(string what, Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await new Attempts(_options, _time, observer: null).RunAsync(what, attempt, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (RegistryFault fault)
        {
            throw fault.Error;
        }
    }

    private EndpointSession Session(
        RegistryEndpoint endpoint, RegistryCredential? credential, ScopeSet scopes, IRegistryObserver? observer) =>
        new(endpoint, _options, _exchange, new EndpointAuthorization(endpoint, credential, scopes, _tokens), observer);
}
