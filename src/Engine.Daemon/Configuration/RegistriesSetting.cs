using System.Net;

namespace Engine.Daemon.Configuration;

/// <summary>Registries: those to ask before Docker Hub, and those that need no certificate.</summary>
internal static class RegistriesSetting
{
    /// <summary>The mirrors of Docker Hub; null after a fault.</summary>
    public static IReadOnlyList<Uri>? Mirrors(SettingValue value)
    {
        const string expected = "addresses like https://mirror.example:5000, without user, query and fragment";
        if (value.Texts(expected) is not { } texts)
        {
            return null;
        }

        var mirrors = new List<Uri>();
        foreach (var text in texts)
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                && uri is { Query: "", Fragment: "", UserInfo: "" } && uri.Host.Length > 0)
            {
                mirrors.Add(uri);
            }
            else
            {
                value.Fault(WithoutUser(text), expected);
            }
        }

        return mirrors.Count == texts.Count ? mirrors : null;
    }

    /// <summary>The registries that may be without a certificate that can be trusted; null after a fault.</summary>
    public static IReadOnlyList<string>? Insecure(SettingValue value)
    {
        const string expected = "hosts with or without a port, or networks like 10.0.0.0/8";
        if (value.Texts(expected) is not { } texts)
        {
            return null;
        }

        var sound = true;
        foreach (var text in texts.Where(text => !IsHostOrNetwork(text)))
        {
            value.Fault(text, expected);
            sound = false;
        }

        return sound ? texts : null;
    }

    // As Docker: people paste the address that they see in a browser.
    private static bool IsHostOrNetwork(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var name = (scheme < 0 ? text : text[(scheme + 3)..]).TrimEnd('/');
        return IPNetwork.TryParse(name, out _)
            || (name.Length > 0 && !name.Contains('/') && !name.Contains('@')
                && Uri.TryCreate($"https://{name}/", UriKind.Absolute, out _));
    }

    // What stands before an '@' may be a password.
    private static string WithoutUser(string text)
    {
        var at = text.LastIndexOf('@');
        return at < 0 ? text : "…" + text[at..];
    }
}
