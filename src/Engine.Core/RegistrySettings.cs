using Engine.Oci.Distribution;

namespace Engine.Core;

/// <summary>How the engine reaches registries.</summary>
public sealed record RegistrySettings
{
    /// <summary>
    /// Registries to ask before Docker Hub when pulling from it, in this order: http or https, without user, query and
    /// fragment.
    /// </summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    /// <summary>
    /// Registries for which an unknown certificate or plain HTTP will do: <c>host[:port]</c>, or a CIDR. Loopback always
    /// is.
    /// </summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>The proxy for http; null for the environment's, empty for none.</summary>
    public string? HttpProxy { get; init; }

    /// <summary>The proxy for https; null for the environment's, empty for none.</summary>
    public string? HttpsProxy { get; init; }

    /// <summary>Where no proxy is used, as NO_PROXY; null for the environment's.</summary>
    public string? NoProxy { get; init; }

    /// <summary>How often a download is tried; at least 1.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>How many blobs one pull downloads at once.</summary>
    public int MaxConcurrentDownloads { get; init; } = 3;

    /// <summary>How many blobs all pulls together download at once.</summary>
    public int MaxTotalDownloads { get; init; } = 32;

    /// <summary>How many blobs one push uploads at once.</summary>
    public int MaxConcurrentUploads { get; init; } = 5;

    /// <summary>Not the proxies, whose addresses may hold passwords: whatever prints a record must not print one.</summary>
    public override string ToString() => $"{Mirrors.Count} mirrors, {InsecureRegistries.Count} insecure registries";

    internal RegistryOptions ToOptions(string version) => new()
    {
        UserAgent = $"engine/{version}",
        Mirrors = Mirrors,
        InsecureRegistries = InsecureRegistries,
        HttpProxy = HttpProxy,
        HttpsProxy = HttpsProxy,
        NoProxy = NoProxy,
        MaxAttempts = MaxAttempts,
    };
}
