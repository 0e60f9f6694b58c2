using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Engine.Testing.Registry;

/// <summary>
/// A token server whose tokens docker-registry takes (distribution's token specification): anybody may pull, one user may
/// push as well, by password or by the refresh token that he gets for it.
/// </summary>
public sealed class TokenAuthority : IAsyncDisposable
{
    public const string Issuer = "test tokens";
    public const string Service = "test registry";

    private readonly PrivateAuthority _authority = new();
    private readonly X509Certificate2 _signer;
    private readonly FaultyRegistry _server = FaultyRegistry.Start();
    private readonly ConcurrentDictionary<string, string> _refreshTokens = [];
    private readonly string _user;
    private readonly string _basic;

    public TokenAuthority(string user, string password)
    {
        _user = user;
        _basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        _signer = _authority.Server();
        _server.On("GET", "/token", Get);
        _server.On("POST", "/token", Post);
    }

    public string Realm => $"{_server.Url}/token";

    /// <summary>The certificate that the registry has to trust.</summary>
    public string Pem => _authority.Pem;

    public IReadOnlyList<ReceivedRequest> Asked => _server.Requests;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _signer.Dispose();
        _authority.Dispose();
    }

    private static List<string> Values(string form, string name) =>
        [.. form.Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair[0] == name)
            .Select(pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')))];

    private FaultyAnswer Get(ReceivedRequest request)
    {
        if (request["Authorization"] is { } given && given != _basic)
        {
            return FaultyAnswer.Text(401, """{"details":"incorrect username or password"}""");
        }

        string? user = request["Authorization"] is null ? null : _user;
        string? refresh = user is not null && Values(request.Query, "offline_token").Contains("true")
            ? Convert.ToHexString(RandomNumberGenerator.GetBytes(16))
            : null;
        if (refresh is not null)
        {
            _refreshTokens[refresh] = _user;
        }

        return Answer(user, Values(request.Query, "scope"), refresh);
    }

    private FaultyAnswer Post(ReceivedRequest request)
    {
        string form = Encoding.UTF8.GetString(request.Body.Span);
        return _refreshTokens.TryGetValue(Values(form, "refresh_token")[0], out string? user)
            ? Answer(user, [.. Values(form, "scope").SelectMany(scopes => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))], null)
            : FaultyAnswer.Text(400, """{"error":"invalid_grant","error_description":"unknown refresh token"}""");
    }

    private FaultyAnswer Answer(string? user, List<string> scopes, string? refresh)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var access = scopes.Select(scope => scope.Split(':')).Select(parts => new
        {
            type = parts[0],
            name = parts[1],
            actions = parts[2].Split(',').Where(action => user is not null || action == "pull"),
        });
        string token = Sign(new
        {
            iss = Issuer,
            sub = user ?? "",
            aud = Service,
            iat = now,
            nbf = now - 60,
            exp = now + 300,
            jti = Guid.NewGuid().ToString(),
            access,
        });
        return FaultyAnswer.Json(JsonSerializer.Serialize(new { token, expires_in = 300, refresh_token = refresh }));
    }

    // RFC 7515, with the certificate in the header as docker-registry wants it.
    private string Sign(object claims)
    {
        var header = new { typ = "JWT", alg = "ES256", x5c = new[] { Convert.ToBase64String(_signer.RawData) } };
        string text = $"{Part(header)}.{Part(claims)}";
        using ECDsa key = _signer.GetECDsaPrivateKey()!;
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
