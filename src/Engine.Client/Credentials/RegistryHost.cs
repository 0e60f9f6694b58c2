namespace Engine.Client;

/// <summary>
/// The hosts of registries, as people and files of credentials write them: with a scheme and a path, or without, and
/// Docker Hub by any of its names.
/// </summary>
public static class RegistryHost
{
    /// <summary>Docker Hub, as references name it.</summary>
    public const string Hub = "docker.io";

    // Docker Hub's key since the days of its first API (docker/cli, registry.IndexServer); every client uses it.
    private const string HubKey = "https://index.docker.io/v1/";

    /// <summary>
    /// The registry's host in its normal form: in lower case, without scheme and path; Docker Hub's for nothing.
    /// </summary>
    /// <exception cref="EngineException">InvalidReference: it is not a host with or without a port.</exception>
    public static string Normalize(string registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        string host = Strip(registry);
        return host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']' or '_')
            ? host
            // Not shown: what stands where a host should (https://user:password@host) may be a secret.
            : throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidReference,
                "The registry is not a host. Give its name, with its port if it has one: registry.example:5000.");
    }

    /// <summary>The host of the registry that a reference names.</summary>
    /// <param name="reference">For example <c>busybox</c> (Docker Hub's), or
    /// <c>registry.example:5000/team/app:1</c>.</param>
    public static string OfReference(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        int slash = reference.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? "" : reference[..slash];
        // distribution/reference, splitDockerDomain: what has a dot, a colon or a capital, or is localhost, is a host.
        bool isHost = first.AsSpan().ContainsAny('.', ':')
            || first == "localhost"
            || first.Any(char.IsAsciiLetterUpper);
        return isHost ? Normalize(first) : Hub;
    }

    /// <summary>The key of a registry in docker's file, and what its credential helpers are asked for.</summary>
    internal static string KeyOf(string host) => host == Hub ? HubKey : host;

    /// <summary>Whether a key of docker's file means that host.</summary>
    internal static bool Means(string key, string host) => string.Equals(Strip(key), host, StringComparison.Ordinal);

    internal static string Strip(string registry)
    {
        string host = registry.Trim();
        int scheme = host.IndexOf("://", StringComparison.Ordinal);
        host = scheme < 0 ? host : host[(scheme + 3)..];
        int path = host.IndexOf('/', StringComparison.Ordinal);
#pragma warning disable CA1308 // Host names are lower case by custom (RFC 3986, 3.2.2), and so are those in docker's file.
        host = (path < 0 ? host : host[..path]).ToLowerInvariant();
#pragma warning restore CA1308
        return host is "" or "index.docker.io" or "registry-1.docker.io" ? Hub : host;
    }
}
