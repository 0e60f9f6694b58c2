using System.Text;

namespace Engine.Client;

/// <summary>
/// The credentials that this machine knows for registries, in docker's own places: the variable DOCKER_AUTH_CONFIG, the
/// credential helpers that docker's config.json names, and that file itself. Who is signed in with docker is signed in
/// here, and the other way round. Safe for use by several threads and processes at once.
/// </summary>
public sealed class CredentialStore
{
    private const string EnvironmentVariable = "DOCKER_AUTH_CONFIG";

    private readonly DockerConfigurationFile _file;
    private readonly string _environment;
    private readonly string _searchPath;
    private readonly TimeSpan _helperLimit;

    internal CredentialStore(string folder, string environment, string searchPath, TimeSpan helperLimit)
    {
        _file = new DockerConfigurationFile(folder);
        _environment = environment;
        _searchPath = searchPath;
        _helperLimit = helperLimit;
    }

    /// <summary>The store of this user, as the process's environment says now.</summary>
    public static CredentialStore Current => new(
        Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
            ? Path.GetFullPath(folder)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker"),
        Environment.GetEnvironmentVariable(EnvironmentVariable) ?? "",
        Environment.GetEnvironmentVariable("PATH") ?? "",
        // Long enough for a person to unlock a key ring.
        TimeSpan.FromMinutes(1));

    /// <summary>The credential for a registry, or null when there is none.</summary>
    /// <param name="registry">The registry's host; Docker Hub's for the empty text.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="EngineException">CredentialStoreFailed, InvalidReference.</exception>
    public async Task<RegistryCredential?> FindAsync(string registry, CancellationToken cancellationToken)
    {
        string host = RegistryHost.Normalize(registry);
        if (FromEnvironment().Find(host) is { } given)
        {
            return given;
        }

        DockerConfiguration configuration = await _file.ReadAsync(cancellationToken).ConfigureAwait(false);
        return configuration.HelperOf(host) is { Length: > 0 } helper
            ? await Helper(helper).GetAsync(RegistryHost.KeyOf(host), cancellationToken).ConfigureAwait(false)
            : configuration.Find(host);
    }

    /// <summary>Whether DOCKER_AUTH_CONFIG has a credential for a registry, which wins over what is kept.</summary>
    /// <exception cref="EngineException">CredentialStoreFailed, InvalidReference.</exception>
    public bool IsGivenByEnvironment(string registry) =>
        FromEnvironment().Find(RegistryHost.Normalize(registry)) is not null;

    /// <summary>Keeps a credential for a registry, instead of the one that there was.</summary>
    /// <returns>Whose it is, and where it is kept.</returns>
    /// <exception cref="EngineException">CredentialStoreFailed, InvalidReference.</exception>
    public async Task<RegistrySession> SaveAsync(
        string registry, RegistryCredential credential, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credential);
        string host = RegistryHost.Normalize(registry);
        DockerConfiguration configuration = await _file.ReadAsync(cancellationToken).ConfigureAwait(false);
        string helper = configuration.HelperOf(host);
        if (helper.Length > 0)
        {
            await Helper(helper).StoreAsync(RegistryHost.KeyOf(host), credential, cancellationToken)
                .ConfigureAwait(false);
        }

        // An empty entry for what a helper keeps, as docker leaves one: other programs see the registry there.
        string entry = helper.Length > 0 ? AuthEntry.Empty : AuthEntry.Write(credential);
        await _file.ChangeAsync(host, entry, cancellationToken).ConfigureAwait(false);
        return Session(host, credential.Username, helper);
    }

    /// <summary>Forgets the credential of a registry, under every spelling of its host.</summary>
    /// <returns>False when there was none. What DOCKER_AUTH_CONFIG says stays.</returns>
    /// <exception cref="EngineException">CredentialStoreFailed, InvalidReference.</exception>
    public async Task<bool> EraseAsync(string registry, CancellationToken cancellationToken)
    {
        string host = RegistryHost.Normalize(registry);
        DockerConfiguration configuration = await _file.ReadAsync(cancellationToken).ConfigureAwait(false);
        bool erased = false;
        if (configuration.HelperOf(host) is { Length: > 0 } name)
        {
            CredentialProgram helper = Helper(name);
            IReadOnlyDictionary<string, string> kept = await helper.ListAsync(cancellationToken).ConfigureAwait(false);
            foreach (string key in kept.Keys.Where(k => RegistryHost.Means(k, host)))
            {
                await helper.EraseAsync(key, cancellationToken).ConfigureAwait(false);
                erased = true;
            }
        }

        return await _file.ChangeAsync(host, entry: null, cancellationToken).ConfigureAwait(false) || erased;
    }

    /// <summary>The registries that this machine has a credential for, in the order of their names.</summary>
    /// <exception cref="EngineException">CredentialStoreFailed.</exception>
    public async Task<IReadOnlyList<RegistrySession>> ListAsync(CancellationToken cancellationToken)
    {
        DockerConfiguration configuration = await _file.ReadAsync(cancellationToken).ConfigureAwait(false);
        DockerConfiguration environment = FromEnvironment();
        var found = new SortedDictionary<string, RegistrySession>(StringComparer.Ordinal);
        // From what counts least to what counts most.
        foreach (string host in configuration.Hosts.Where(h => configuration.HelperOf(h).Length == 0))
        {
            Add(host, configuration.Find(host)?.Username, "");
        }

        string[] helpers = [configuration.HelperOfAll, .. configuration.HostsWithHelper.Select(configuration.HelperOf)];
        foreach (string helper in helpers.Where(h => h.Length > 0).Distinct())
        {
            foreach ((string key, string username) in
                await Helper(helper).ListAsync(cancellationToken).ConfigureAwait(false))
            {
                if (configuration.HelperOf(RegistryHost.Strip(key)) == helper)
                {
                    Add(RegistryHost.Strip(key), username, helper);
                }
            }
        }

        foreach (string host in environment.Hosts)
        {
            Add(host, environment.Find(host)?.Username, "", EnvironmentVariable);
        }

        return [.. found.Values];

        void Add(string host, string? username, string helper, string? store = null)
        {
            if (username is not null)
            {
                found[host] = Session(host, username, helper) is var session && store is null
                    ? session
                    : session with { Store = store };
            }
        }
    }

    private RegistrySession Session(string host, string username, string helper) => new()
    {
        Registry = host,
        Username = username,
        Store = helper.Length > 0 ? helper : _file.Path,
    };

    private CredentialProgram Helper(string name) => new(name, _searchPath, _helperLimit);

    private DockerConfiguration FromEnvironment() =>
        DockerConfiguration.Parse(Encoding.UTF8.GetBytes(_environment), $"The variable {EnvironmentVariable}");
}
