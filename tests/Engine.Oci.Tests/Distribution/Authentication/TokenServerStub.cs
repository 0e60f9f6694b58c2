using System.Text;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution.Authentication;

/// <summary>
/// Makes a faulty registry want tokens, and gives them at <c>/token</c> of another one: each a new one.
/// </summary>
internal sealed class TokenServerStub
{
    private readonly FaultyRegistry _server;
    private int _made;

    public TokenServerStub(FaultyRegistry registry, FaultyRegistry server, string scope = "repository:app:pull")
    {
        _server = server;
        registry.On(request => request.Path.StartsWith("/v2/", StringComparison.Ordinal) && !Good(request["Authorization"])
            ? FaultyAnswer.Challenge($"Bearer realm=\"{server.Url}/token\",service=\"the registry\",scope=\"{scope}\"")
            : null);
        server.On("GET", "/token", Give);
        server.On("POST", "/token", Give);
    }

    /// <summary>Tokens below this one are no longer taken.</summary>
    public int Oldest { get; set; } = 1;

    /// <summary>What a token's answer says beside the token.</summary>
    public string More { get; set; } = "\"expires_in\":300";

    public IReadOnlyList<ReceivedRequest> Asked => [.. _server.Requests.Where(request => request.Path == "/token")];

    /// <summary>What a password looks like in a header.</summary>
    public static string Basic(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private bool Good(string? header) =>
        header?.StartsWith("Bearer token-", StringComparison.Ordinal) == true
        && int.Parse(header["Bearer token-".Length..], null) >= Oldest;

    private FaultyAnswer Give(ReceivedRequest request) =>
        FaultyAnswer.Json($"{{\"token\":\"token-{Interlocked.Increment(ref _made)}\",{More}}}");
}
