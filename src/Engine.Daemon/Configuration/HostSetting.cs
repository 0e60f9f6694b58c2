using System.Text;

namespace Engine.Daemon.Configuration;

/// <summary>The addresses to listen on.</summary>
internal static class HostSetting
{
    private const string Scheme = "unix://";

    // sun_path of unix(7) has 108 bytes, the last of them a NUL.
    private const int MaxSocketPath = 107;

    /// <summary>The paths of the sockets; null after a fault.</summary>
    public static IReadOnlyList<string>? Sockets(SettingValue value)
    {
        const string expected = "addresses like unix:///run/engine/engine.sock";
        if (value.Texts(expected) is not { } hosts)
        {
            return null;
        }

        if (hosts.Count == 0)
        {
            value.Fault($"one or more {expected}");
            return null;
        }

        var paths = new List<string>();
        foreach (var host in hosts)
        {
            if (Socket(value, host) is { } path)
            {
                if (paths.Contains(path))
                {
                    value.Fault(host, "each address once");
                }

                paths.Add(path);
            }
        }

        return paths.Count == hosts.Count ? paths : null;
    }

    /// <summary>What is wrong with the path of a socket, or null.</summary>
    public static bool IsTooLong(string path) => Encoding.UTF8.GetByteCount(path) > MaxSocketPath;

    /// <summary>What a path that is too long should have been.</summary>
    public static string ShortPath { get; } = $"a path of at most {MaxSocketPath} bytes, which is all that unix(7) allows";

    private static string? Socket(SettingValue value, string host)
    {
        if (!host.StartsWith(Scheme, StringComparison.Ordinal))
        {
            value.Fault(host, $"{Scheme} and an absolute path; this engine listens on unix sockets only");
            return null;
        }

        var path = host[Scheme.Length..];
        if (!path.StartsWith('/') || path.EndsWith('/') || path.Any(char.IsControl))
        {
            value.Fault(host, $"{Scheme} and the absolute path of a socket");
            return null;
        }

        path = Path.GetFullPath(path);
        if (IsTooLong(path))
        {
            value.Fault(host, ShortPath);
            return null;
        }

        return path;
    }
}
