using System.Globalization;
using System.Net;

namespace Engine.Oci.Distribution.Transport;

/// <summary>
/// What NO_PROXY means, as Docker reads it (golang.org/x/net/http/httpproxy): <c>*</c>, addresses, CIDRs, and names
/// that mean themselves and all below, with a dot in front only those below; each with a port or without.
/// </summary>
internal sealed class NoProxyRules
{
    private readonly bool _everything;
    private readonly List<IPNetwork> _networks = [];
    private readonly List<(string Name, int? Port)> _names = [];

    public NoProxyRules(string text)
    {
        foreach (string entry in text.Split(
            [',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (entry == "*")
            {
                _everything = true;
            }
            else if (IPNetwork.TryParse(entry, out IPNetwork network))
            {
                _networks.Add(network);
            }
            else
            {
                _names.Add(SplitPort(entry));
            }
        }
    }

    public bool Contains(Uri destination)
    {
        string host = destination.IdnHost.TrimEnd('.');
        bool literal = IPAddress.TryParse(host, out IPAddress? address);
        return _everything
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (literal && IPAddress.IsLoopback(address!))
            || (literal && _networks.Exists(network => network.Contains(address!)))
            || _names.Exists(rule => (rule.Port is null || rule.Port == destination.Port) && Matches(rule.Name, host));
    }

    private static bool Matches(string name, string host)
    {
        if (host.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        string suffix = name.StartsWith("*.", StringComparison.Ordinal)
            ? name[1..]
            : name.StartsWith('.') ? name : "." + name;
        return host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && !IPAddress.TryParse(host, out _);
    }

    private static (string Name, int? Port) SplitPort(string entry)
    {
        // Several colons without brackets are an IPv6 address, which has no port.
        int colon = entry.LastIndexOf(':');
        bool bare = colon < 0 || (entry.IndexOf(':', StringComparison.Ordinal) != colon && entry[colon - 1] != ']');
        return bare
            || !int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? (entry.Trim('[', ']'), null)
            : (entry[..colon].Trim('[', ']'), port);
    }
}
