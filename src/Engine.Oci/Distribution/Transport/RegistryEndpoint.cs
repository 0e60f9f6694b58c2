using Engine.Oci.Distribution.Authentication;

namespace Engine.Oci.Distribution.Transport;

/// <summary>
/// One address where a registry's API is, and what was learnt of it: whether it speaks TLS, and how it wants to be told
/// who asks. Shared by all work with that registry.
/// </summary>
/// <param name="registry">The registry as references name it, or the mirror's authority: what messages and certs.d call
/// it.</param>
/// <param name="root">The address above <c>/v2/</c>, ending in a slash.</param>
/// <param name="insecure">Whether an unknown certificate will do, and plain HTTP where there is no TLS.</param>
/// <param name="isMirror">Whether it stands in for another registry.</param>
internal sealed class RegistryEndpoint(string registry, Uri root, bool insecure, bool isMirror)
{
    private readonly Uri _configured = root;
    private volatile Uri _root = root;
    private volatile bool _hasAnswered;
    private volatile bool _hasSpokenTls;
    private volatile bool _takesNoSingleRequest;
    private volatile AuthChallenge? _challenge;

    public string Registry => registry;

    public bool IsInsecure => insecure;

    public bool IsMirror => isMirror;

    public Uri Root => _root;

    /// <summary>How it asked who we are, the last time; null while it did not.</summary>
    public AuthChallenge? Challenge
    {
        get => _challenge;
        set => _challenge = value;
    }

    /// <summary>
    /// Whether it ever answered. One that did and no longer does may be starting again, so that waiting helps; one that
    /// never did is more likely misspelt.
    /// </summary>
    public bool HasAnswered => _hasAnswered;

    public Uri Resolve(string path) => new(_root, path);

    /// <summary>Whether a request to that address is one to the registry itself, which may see who asks.</summary>
    public bool IsOwn(Uri address) =>
        address.Scheme == _root.Scheme && address.Port == _root.Port
        && string.Equals(address.IdnHost, _root.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it answered a blob in one POST by opening an upload: asking once is enough.</summary>
    public bool TakesNoSingleRequest
    {
        get => _takesNoSingleRequest;
        set => _takesNoSingleRequest = value;
    }

    /// <summary>
    /// Whether it is the registry itself that is asked there, with TLS or without: another request may be going over
    /// from the one to the other just now.
    /// </summary>
    public bool IsRegistry(Uri address) =>
        (address.Port == _configured.Port || address.Port == _root.Port)
        && string.Equals(address.IdnHost, _configured.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>An answer came from there.</summary>
    public void Answered(Uri address)
    {
        _hasAnswered = true;
        _hasSpokenTls |= address.Scheme == Uri.UriSchemeHttps;
    }

    /// <summary>
    /// Goes over to plain HTTP, where that is allowed: a secure registry never does, nor one that has spoken TLS.
    /// </summary>
    /// <param name="failed">The root that did not work; another request may have left it already.</param>
    public bool TryFallBack(Uri failed)
    {
        if (!insecure || _hasSpokenTls || failed.Scheme != Uri.UriSchemeHttps)
        {
            return false;
        }

        // A port that the reference names stays; without one, HTTP has its own.
        int port = _configured.IsDefaultPort ? 80 : _configured.Port;
        _root = new UriBuilder(_configured) { Scheme = Uri.UriSchemeHttp, Port = port }.Uri;
        return true;
    }

    /// <summary>Forgets that it spoke plain HTTP: it no longer answers, and may come back with TLS.</summary>
    public void Unsettle() => _root = _configured;
}
