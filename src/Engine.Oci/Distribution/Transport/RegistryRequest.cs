using System.Net;
using Engine.Oci.Distribution.Authentication;

namespace Engine.Oci.Distribution.Transport;

/// <summary>Something that is asked of a registry. It can be sent several times.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Where, below the registry's root.</param>
/// <param name="Target">What it is about, for messages.</param>
internal sealed record RegistryRequest(HttpMethod Method, string Path, string Target)
{
    /// <summary>Where, when the registry itself named a place: an upload, the next page.</summary>
    public Uri? Address { get; init; }

    /// <summary>The answers that are none of a failure.</summary>
    public IReadOnlyList<HttpStatusCode> Expected { get; init; } = [HttpStatusCode.OK];

    /// <summary>The media types that are understood.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>The first byte that is wanted.</summary>
    public long From { get; init; }

    /// <summary>Makes the body, anew each time it is sent; it tells the guard of its progress.</summary>
    public Func<StallGuard, HttpContent>? Content { get; init; }

    /// <summary>What a token must allow beside the repository's own access.</summary>
    public ScopeSet MoreScopes { get; init; } = ScopeSet.Empty;

    /// <summary>What it means that it is not there.</summary>
    public string Missing { get; init; } = EngineErrorReason.RegistryFailed;
}
