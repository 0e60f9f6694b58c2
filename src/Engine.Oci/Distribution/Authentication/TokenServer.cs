using System.Net;
using System.Text.Json;
using Engine.Oci.Distribution.Faults;
using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution.Authentication;

/// <summary>
/// Gets tokens from the servers that registries name: by GET with the password or for anybody, by POST with an identity
/// token (distribution's token and OAuth2 specifications).
/// </summary>
internal sealed class TokenServer(RegistryOptions options, TimeProvider time, RegistryExchange exchange)
{
    private const string ClientId = "engine";

    private readonly TokenCache _cache = new(time);

    /// <summary>A token that is good for the request, from the cache if it is there.</summary>
    public ValueTask<BearerToken> GetAsync(TokenRequest request, CancellationToken cancellationToken) =>
        _cache.GetAsync(request, () => FetchAsync(request, cancellationToken), cancellationToken);

    public void Forget(TokenRequest request, string value) => _cache.Forget(request, value);

    /// <summary>A token that was just made.</summary>
    /// <exception cref="RegistryFault">There is none for this credential, or the server does not answer.</exception>
    public async Task<BearerToken> FetchAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        Uri realm = Realm(request);
        bool refresh = request.Credential is { IdentityToken.Length: > 0 };
        using RegistryResponse response = await exchange.SendAsync(
            request.Endpoint,
            refresh ? realm : Address(realm, request),
            (address, _) => refresh ? Refresh(address, request) : Get(address, realm, request),
            cancellationToken).ConfigureAwait(false);
        if (response.Status is not (HttpStatusCode.OK or HttpStatusCode.Created))
        {
            throw await FaultAsync(response, request, cancellationToken).ConfigureAwait(false);
        }

        return Read(
            await response.ReadAsync(options.MaxTokenBytes, request.Endpoint.Registry, cancellationToken)
                .ConfigureAwait(false),
            request);
    }

    // The registry says where the credential goes. It may not say that it goes there in the clear, unless the user
    // lives with that for this registry anyway.
    private static Uri Realm(TokenRequest request)
    {
        bool fits = ResponseAddress.TryResolve(request.Realm, request.Endpoint.Root, out Uri? realm)
            && realm.Fragment.Length == 0;
        return !fits
            ? throw RegistryFault.Protocol(
                request.Endpoint.Registry, "its token server has no address of http or https", null)
            : realm!.Scheme != Uri.UriSchemeHttps && !realm.IsLoopback && !request.Endpoint.IsInsecure
                ? throw RegistryFault.Protocol(
                    request.Endpoint.Registry,
                    $"its token server {Shown.Text(realm.Authority)} has no TLS, and nothing secret is sent there",
                    null)
                : realm;
    }

    private static Uri Address(Uri realm, TokenRequest request)
    {
        List<(string Key, string Value)> query = [.. request.Scopes.Texts.Select(static scope => ("scope", scope))];
        if (request.Service.Length > 0)
        {
            query.Insert(0, ("service", request.Service));
        }

        if (EndpointAuthorization.IsPassword(request.Credential))
        {
            query.Add(("account", request.Credential!.Username));
        }

        if (request.IsOffline)
        {
            query.AddRange([("offline_token", "true"), ("client_id", ClientId)]);
        }

        string text = string.Join('&', query.Select(static pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        string separator = realm.Query.Length == 0 ? "?" : "&";
        return new Uri(realm.AbsoluteUri + separator + text);
    }

    private HttpRequestMessage Get(Uri address, Uri realm, TokenRequest request)
    {
        HttpRequestMessage message = Message(HttpMethod.Get, address);
        bool own = address.Scheme == realm.Scheme && address.Authority == realm.Authority;
        message.Headers.Authorization = own && EndpointAuthorization.IsPassword(request.Credential)
            ? EndpointAuthorization.Basic(request.Credential!)
            : null;
        return message;
    }

    private HttpRequestMessage Refresh(Uri address, TokenRequest request)
    {
        HttpRequestMessage message = Message(HttpMethod.Post, address);
        message.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = request.Credential!.IdentityToken,
            ["service"] = request.Service,
            ["client_id"] = ClientId,
            ["scope"] = request.Scopes.ToString(),
        });
        return message;
    }

    private HttpRequestMessage Message(HttpMethod method, Uri address)
    {
        var message = new HttpRequestMessage(method, address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        return message;
    }

    private BearerToken Read(byte[] body, TokenRequest request)
    {
        TokenBody? answer = null;
        try
        {
            answer = JsonSerializer.Deserialize(body, DistributionJsonContext.Default.TokenBody);
        }
        catch (JsonException)
        {
            // Said below; the body may hold a token, and is not shown.
        }

        string? token = answer?.Token is { Length: > 0 } ? answer.Token : answer?.AccessToken;
        return answer is null || string.IsNullOrEmpty(token) || token.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw RegistryFault.Protocol(request.Endpoint.Registry, "its token server's answer has no token", null)
            : new BearerToken(token, answer.Expires(time.GetUtcNow()), answer.RefreshToken);
    }

    private static async Task<RegistryFault> FaultAsync(
        RegistryResponse response, TokenRequest request, CancellationToken cancellationToken)
    {
        var secrets = RegistrySecrets.Of(request.Credential, sent: null);
        var sent = new RegistryRequest(HttpMethod.Get, "", request.Endpoint.Registry);
        if (response.Status
            is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return await ResponseFault.ReadAsync(response, sent, secrets, cancellationToken).ConfigureAwait(false);
        }

        // RFC 6749 section 5.2: 400 is what a refresh token gets that is no longer good.
        ErrorText text = ErrorText.Read(
            await response.ReadStartAsync(cancellationToken).ConfigureAwait(false), secrets.All);
        string said = text.Words.Length > 0 ? $" It says: {text.Words}." : "";
        string who = secrets.Who is { } name ? $"does not accept the {name}" : "gives no token to just anybody";
        return new RegistryFault(new EngineException(
            EngineErrorCode.Unauthenticated,
            EngineErrorReason.RegistryUnauthorized,
            $"The token server of {request.Endpoint.Registry} {who}.{said} Sign in with Connect-ContainerRegistry.",
            request.Endpoint.Registry));
    }
}
