using System.Collections.Concurrent;
using Engine.Oci.References;

namespace Engine.Oci.Distribution.Transport;

/// <summary>Which addresses to ask for a registry, in their order: mirrors first, for pulls from Docker Hub.</summary>
internal sealed class RegistryEndpoints
{
    // docker.io itself is a web site; its API is here.
    private const string HubHost = "registry-1.docker.io";

    private readonly InsecureRegistries _insecure;
    private readonly IReadOnlyList<Uri> _mirrors;
    private readonly ConcurrentDictionary<(string Registry, bool Insecure, Uri Root), RegistryEndpoint> _known = [];

    public RegistryEndpoints(RegistryOptions options)
    {
        _insecure = new InsecureRegistries(options.InsecureRegistries);
        _mirrors = [.. options.Mirrors.Select(Checked)];
    }

    public async Task<IReadOnlyList<RegistryEndpoint>> FindAsync(
        string registry, RepositoryAccess access, bool insecure, CancellationToken cancellationToken)
    {
        if (registry != ImageReference.DefaultDomain)
        {
            bool trusted = insecure || await _insecure.ContainsAsync(registry, cancellationToken).ConfigureAwait(false);
            return [Endpoint(registry, RegistryAddress.Of(registry), trusted, isMirror: false)];
        }

        var found = new List<RegistryEndpoint>();
        foreach (Uri mirror in access == RepositoryAccess.Pull ? _mirrors : [])
        {
            bool trusted = await _insecure.ContainsAsync(mirror.Authority, cancellationToken).ConfigureAwait(false);
            found.Add(Endpoint(mirror.Authority, mirror, trusted, isMirror: true));
        }

        // Whatever the configuration says: Docker Hub is never asked without TLS.
        found.Add(Endpoint(HubHost, RegistryAddress.Of(HubHost), insecure: false, isMirror: false));
        return found;
    }

    /// <summary>The address of something at a registry that is not below its repositories: its index.</summary>
    public async Task<RegistryEndpoint> FindHostAsync(string host, CancellationToken cancellationToken)
    {
        bool trusted = await _insecure.ContainsAsync(host, cancellationToken).ConfigureAwait(false);
        return Endpoint(host, RegistryAddress.Of(host), trusted, isMirror: false);
    }

    private static Uri Checked(Uri mirror)
    {
        bool fits = mirror.IsAbsoluteUri
            && (mirror.Scheme == Uri.UriSchemeHttps || mirror.Scheme == Uri.UriSchemeHttp)
            && mirror is { UserInfo: "", Query: "", Fragment: "" };
        return !fits
            ? throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidConfiguration,
                "A registry mirror must be an http or https address without user, query and fragment.",
                mirror.IsAbsoluteUri ? mirror.Host : null)
            : mirror.AbsolutePath.EndsWith('/') ? mirror : new Uri(mirror.AbsoluteUri + "/");
    }

    private RegistryEndpoint Endpoint(string registry, Uri root, bool insecure, bool isMirror) =>
        _known.GetOrAdd((registry, insecure, root), _ => new RegistryEndpoint(registry, root, insecure, isMirror));
}
