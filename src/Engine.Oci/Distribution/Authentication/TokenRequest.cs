using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution.Authentication;

/// <summary>What a token is for, and who asks for it.</summary>
/// <param name="Endpoint">The registry that named the token server.</param>
/// <param name="Realm">The token server's address, as the registry wrote it.</param>
/// <param name="Service">What the registry calls itself there.</param>
/// <param name="Scopes">What it must allow; nothing, for a sign-in.</param>
/// <param name="Credential">Who asks; null for anybody.</param>
internal sealed record TokenRequest(
    RegistryEndpoint Endpoint, string Realm, string Service, ScopeSet Scopes, RegistryCredential? Credential)
{
    /// <summary>Whether a refresh token is wanted beside: a sign-in.</summary>
    public bool IsOffline { get; init; }

    public override string ToString() => $"token of {Endpoint.Registry} for {Scopes}";
}
