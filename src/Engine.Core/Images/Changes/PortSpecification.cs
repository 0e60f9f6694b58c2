using System.Globalization;

namespace Engine.Core.Images.Changes;

/// <summary>Reads the ports of EXPOSE: <c>80</c>, <c>53/udp</c>, <c>8000-8010/tcp</c>.</summary>
internal static class PortSpecification
{
    /// <summary>The single ports, each as <c>port/protocol</c>.</summary>
    public static IEnumerable<string> Expand(string change, string word)
    {
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        var protocol = slash < 0 ? "tcp" : word[(slash + 1)..].ToLowerInvariant();
        var range = slash < 0 ? word : word[..slash];
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (protocol is not ("tcp" or "udp" or "sctp")
            || !TryPort(dash < 0 ? range : range[..dash], out var first)
            || !TryPort(dash < 0 ? range : range[(dash + 1)..], out var last)
            || first > last)
        {
            throw ConfigurationChanges.Invalid(
                change,
                $"'{word}' is no port: write 80, 53/udp or 8000-8010/tcp, with ports from 1 to 65535 and tcp, udp or "
                + "sctp.");
        }

        return Enumerable.Range(first, last - first + 1)
            .Select(port => string.Create(CultureInfo.InvariantCulture, $"{port}/{protocol}"));
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;
}
