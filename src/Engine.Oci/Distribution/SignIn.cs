using System.Net;
using System.Net.Http.Headers;
using Engine.Oci.Distribution.Authentication;
using Engine.Oci.Distribution.Faults;
using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution;

/// <summary>Checks a credential at a registry: by asking for nothing but its version, as docker login does.</summary>
internal sealed class SignIn(EndpointSession session, TokenServer tokens, RegistryCredential credential)
{
    private readonly RegistryRequest _version = new(HttpMethod.Get, "v2/", session.Endpoint.Registry);

    /// <summary>Checks it once.</summary>
    /// <returns>The identity token that stands for the password from now on; null without one.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        AuthChallenge? challenge;
        using (RegistryResponse probe = await session.SendAsAsync(_version, null, cancellationToken)
            .ConfigureAwait(false))
        {
            if (probe.Status == HttpStatusCode.OK)
            {
                // It lets everybody in, and has nothing to check the credential with.
                return null;
            }

            challenge = ChallengeParser.Choose(probe.Headers("WWW-Authenticate"));
            if (probe.Status != HttpStatusCode.Unauthorized || challenge is null)
            {
                throw await ResponseFault.ReadAsync(
                    probe, _version, RegistrySecrets.Of(credential, null), cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        session.Endpoint.Challenge = challenge;
        (AuthenticationHeaderValue? header, string? identity) = await AnswerAsync(challenge, cancellationToken)
            .ConfigureAwait(false);
        using RegistryResponse answer = await session.SendAsAsync(_version, header, cancellationToken)
            .ConfigureAwait(false);
        return answer.Status == HttpStatusCode.OK
            ? identity
            : throw await ResponseFault.ReadAsync(
                answer, _version, RegistrySecrets.Of(credential, header?.Parameter), cancellationToken)
                    .ConfigureAwait(false);
    }

    private async Task<(AuthenticationHeaderValue? Header, string? Identity)> AnswerAsync(
        AuthChallenge challenge, CancellationToken cancellationToken)
    {
        if (credential.RegistryToken.Length > 0)
        {
            return (new AuthenticationHeaderValue("Bearer", credential.RegistryToken), null);
        }

        if (challenge.IsBasic)
        {
            return (EndpointAuthorization.IsPassword(credential) ? EndpointAuthorization.Basic(credential) : null, null);
        }

        var request = new TokenRequest(session.Endpoint, challenge.Realm, challenge.Service, ScopeSet.Empty, credential)
        {
            IsOffline = true,
        };
        BearerToken token = await tokens.FetchAsync(request, cancellationToken).ConfigureAwait(false);
        string? identity = token.RefreshToken is { Length: > 0 } refresh
            ? refresh
            : credential.IdentityToken is { Length: > 0 } same ? same : null;
        return (new AuthenticationHeaderValue("Bearer", token.Value), identity);
    }
}
