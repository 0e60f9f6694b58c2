using System.Net.Http.Headers;
using System.Text;
using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution.Authentication;

/// <summary>
/// Says at one endpoint who asks, in the way that its last challenge named; nothing is said before it asks.
/// </summary>
internal sealed class EndpointAuthorization(
    RegistryEndpoint endpoint, RegistryCredential? credential, ScopeSet scopes, TokenServer tokens)
{
    private volatile ScopeSet _asked = ScopeSet.Empty;

    /// <summary>The header for the next request; null where nothing is to be said.</summary>
    /// <param name="more">What the request needs beside the usual scopes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<AuthenticationHeaderValue?> HeaderAsync(ScopeSet more, CancellationToken cancellationToken)
    {
        if (credential is { RegistryToken.Length: > 0 })
        {
            return new AuthenticationHeaderValue("Bearer", credential.RegistryToken);
        }

        if (endpoint.Challenge is not { } challenge)
        {
            return null;
        }

        if (challenge.IsBearer)
        {
            BearerToken token = await tokens.GetAsync(Request(challenge, more), cancellationToken)
                .ConfigureAwait(false);
            return new AuthenticationHeaderValue("Bearer", token.Value);
        }

        return IsPassword(credential) ? Basic(credential!) : null;
    }

    /// <summary>Learns from a refusal.</summary>
    /// <param name="refusal">The answer 401.</param>
    /// <param name="sent">What was said.</param>
    /// <param name="more">What the request needed beside the usual scopes.</param>
    /// <returns>Whether there is now something else to say.</returns>
    public bool Learn(RegistryResponse refusal, AuthenticationHeaderValue? sent, ScopeSet more)
    {
        if (ChallengeParser.Choose(refusal.Headers("WWW-Authenticate")) is not { } challenge
            || credential is { RegistryToken.Length: > 0 })
        {
            return false;
        }

        endpoint.Challenge = challenge;
        if (challenge.IsBasic)
        {
            return IsPassword(credential) && sent?.Scheme != "Basic";
        }

        _asked = _asked.Union(ScopeSet.Parse(challenge.Scope));
        if (sent is { Scheme: "Bearer", Parameter: { } stale })
        {
            tokens.Forget(Request(challenge, more), stale);
        }

        return true;
    }

    public RegistrySecrets Secrets(AuthenticationHeaderValue? sent) => RegistrySecrets.Of(credential, sent?.Parameter);

    public static AuthenticationHeaderValue Basic(RegistryCredential credential) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Username}:{credential.Password}")));

    public static bool IsPassword(RegistryCredential? credential) =>
        credential is { Username.Length: > 0, IdentityToken.Length: 0, RegistryToken.Length: 0 };

    private TokenRequest Request(AuthChallenge challenge, ScopeSet more) =>
        new(endpoint, challenge.Realm, challenge.Service, scopes.Union(_asked).Union(more), credential);
}
