using System.Net;
using System.Net.Sockets;

namespace Engine.Oci.Distribution.Transport;

/// <summary>The registries that may be reached without a certificate that can be trusted.</summary>
internal sealed class InsecureRegistries
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> _networks = [];

    public InsecureRegistries(IEnumerable<string> entries)
    {
        foreach (string entry in entries)
        {
            // As Docker, which warns of it: people paste the address that they see in a browser.
            string name = entry.Trim().TrimEnd('/');
            name = name[(name.IndexOf("://", StringComparison.Ordinal) is >= 0 and var end ? end + 3 : 0)..];
            if (IPNetwork.TryParse(name, out IPNetwork network))
            {
                _networks.Add(network);
            }
            else if (name.Length > 0 && !name.Contains('/', StringComparison.Ordinal)
                && Uri.TryCreate($"https://{name}/", UriKind.Absolute, out Uri? parsed) && parsed.UserInfo.Length == 0)
            {
                _names.Add(name);
            }
            else
            {
                throw new EngineException(
                    EngineErrorCode.InvalidArgument,
                    EngineErrorReason.InvalidConfiguration,
                    $"'{Shown.Text(entry)}' is not an insecure registry: it must be host[:port] or a CIDR like 10.0.0.0/8.",
                    Shown.Text(entry));
            }
        }
    }

    /// <summary>Whether the registry is one of them.</summary>
    /// <param name="registry"><c>host[:port]</c>.</param>
    /// <param name="cancellationToken">Ends the look-up of the host's addresses.</param>
    public async ValueTask<bool> ContainsAsync(string registry, CancellationToken cancellationToken)
    {
        string host = RegistryAddress.Of(registry).IdnHost;
        if (_names.Contains(registry) || IsLoopback(host))
        {
            return true;
        }

        if (_networks.Count == 0)
        {
            return false;
        }

        IReadOnlyList<IPAddress> addresses = IPAddress.TryParse(host, out IPAddress? literal)
            ? [literal]
            : await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        return addresses.Any(address => _networks.Any(network => network.Contains(Plain(address))));
    }

    // By its name and not by what a name server says of it: nobody else's name may switch certificates off.
    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(Plain(address)));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // A name that does not resolve is in no network; the request will say so.
            return [];
        }
    }
}
