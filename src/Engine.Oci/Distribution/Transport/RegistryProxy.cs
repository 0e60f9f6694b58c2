using System.Net;

namespace Engine.Oci.Distribution.Transport;

/// <summary>Which proxy a request goes through. Credentials in a proxy's address go to the proxy alone.</summary>
internal sealed class RegistryProxy : IWebProxy, ICredentials
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly NoProxyRules _direct;
    private readonly List<(Uri Proxy, NetworkCredential Credential)> _credentials = [];

    private RegistryProxy(string http, string https, string direct)
    {
        _http = Parse(http, "http");
        _https = Parse(https, "https");
        _direct = new NoProxyRules(direct);
    }

    public ICredentials? Credentials
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public static RegistryProxy From(RegistryOptions options) => new(
        options.HttpProxy ?? Variable("HTTP_PROXY"),
        options.HttpsProxy ?? Variable("HTTPS_PROXY"),
        options.NoProxy ?? Variable("NO_PROXY"));

    public Uri? GetProxy(Uri destination) =>
        _direct.Contains(destination) ? null : destination.Scheme == Uri.UriSchemeHttps ? _https : _http;

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    public NetworkCredential? GetCredential(Uri uri, string authType) =>
        _credentials.FirstOrDefault(entry => entry.Proxy.Authority == uri.Authority).Credential;

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : Environment.GetEnvironmentVariable(name.ToLowerInvariant()) ?? "";

    // The user stands beside the address and not in it, because messages show the address.
    private Uri? Parse(string text, string use)
    {
        if (text.Length == 0)
        {
            return null;
        }

        string address = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
            || uri.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5"))
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidConfiguration,
                $"The {use} proxy is not valid: it must be [http|https|socks5://][user:password@]host[:port].");
        }

        var bare = new UriBuilder(uri) { UserName = "", Password = "", Path = "", Query = "", Fragment = "" };
        if (uri.UserInfo.Length > 0)
        {
            string[] parts = uri.UserInfo.Split(':', 2);
            string password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
            _credentials.Add((bare.Uri, new NetworkCredential(Uri.UnescapeDataString(parts[0]), password)));
        }

        return bare.Uri;
    }
}
