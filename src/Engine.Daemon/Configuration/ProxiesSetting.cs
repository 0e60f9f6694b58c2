using System.Text.Json;

namespace Engine.Daemon.Configuration;

/// <summary>
/// The proxies of the engine's own requests: {http-proxy, https-proxy, no-proxy}. There is no flag for them, and no
/// fault shows one: their addresses may hold passwords.
/// </summary>
/// <param name="Http">For http; null when it is not set.</param>
/// <param name="Https">For https; null when it is not set.</param>
/// <param name="Direct">Where no proxy is used; null when it is not set.</param>
internal sealed record ProxiesSetting(string? Http, string? Https, string? Direct)
{
    /// <summary>The proxies; null after a fault.</summary>
    public static ProxiesSetting? Proxies(SettingValue value)
    {
        const string expected = "an object of the texts http-proxy, https-proxy and no-proxy";
        if (value.Json is not { ValueKind: JsonValueKind.Object } json)
        {
            value.FaultUnseen(expected);
            return null;
        }

        var proxies = new ProxiesSetting(null, null, null);
        var sound = true;
        foreach (var member in json.EnumerateObject())
        {
            var text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
            switch (member.Name)
            {
                case "http-proxy" when IsProxy(text):
                    proxies = proxies with { Http = text };
                    break;
                case "https-proxy" when IsProxy(text):
                    proxies = proxies with { Https = text };
                    break;
                case "no-proxy" when text is not null:
                    proxies = proxies with { Direct = text };
                    break;
                case "http-proxy" or "https-proxy":
                    value.FaultUnseen($"[http|https|socks5://][user:password@]host[:port] as {member.Name}");
                    sound = false;
                    break;
                default:
                    value.FaultUnseen(expected);
                    sound = false;
                    break;
            }
        }

        return sound ? proxies : null;
    }

    private static bool IsProxy(string? text) =>
        text is not null
        && (text.Length == 0
            || (Uri.TryCreate(text.Contains("://") ? text : "http://" + text, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https" or "socks4" or "socks4a" or "socks5" && uri.Host.Length > 0));
}
