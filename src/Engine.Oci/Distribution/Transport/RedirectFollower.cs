using System.Net;
using Engine.Oci.Distribution.Faults;

namespace Engine.Oci.Distribution.Transport;

/// <summary>
/// Follows redirects by our own rules: not for ever, not in circles, not out of TLS, and with nothing for another host
/// that was meant for the first one.
/// </summary>
internal sealed class RedirectFollower(int limit)
{
    public async Task<(HttpResponseMessage Message, Uri From)> SendAsync(
        HttpMessageInvoker connection,
        RegistryEndpoint endpoint,
        Uri address,
        Func<Uri, StallGuard, HttpRequestMessage> make,
        StallGuard guard)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            HttpResponseMessage message;
            using (HttpRequestMessage request = make(address, guard))
            {
                message = await HopAsync(connection, endpoint, request, guard).ConfigureAwait(false);
                if (!IsRedirect(message, request.Method))
                {
                    return (message, address);
                }
            }

            using (message)
            {
                if (!seen.Add(address.AbsoluteUri) || seen.Count > limit)
                {
                    throw Refused(endpoint, "it redirects in a circle or more often than is followed");
                }

                address = Next(message, endpoint, address);
            }
        }
    }

    private static async Task<HttpResponseMessage> HopAsync(
        HttpMessageInvoker connection, RegistryEndpoint endpoint, HttpRequestMessage request, StallGuard guard)
    {
        Uri address = request.RequestUri!;
        try
        {
            HttpResponseMessage message = await connection.SendAsync(request, guard.Token).ConfigureAwait(false);
            guard.Touch();
            if (endpoint.IsRegistry(address))
            {
                endpoint.Answered(address);
            }

            return message;
        }
        catch (Exception e) when (TransportFault.Is(e, guard.Caller))
        {
            throw TransportFault.From(e, endpoint, address, guard.IsExpired);
        }
    }

    // 301 to 303 would turn a write into a read: only what reads follows them. 304 and 305 lead nowhere.
    private static bool IsRedirect(HttpResponseMessage message, HttpMethod method) => message.StatusCode switch
    {
        HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => true,
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther =>
            method == HttpMethod.Get || method == HttpMethod.Head,
        _ => false,
    };

    private static Uri Next(HttpResponseMessage message, RegistryEndpoint endpoint, Uri from)
    {
        if (!ResponseAddress.TryRead(message, "Location", from, out Uri? to))
        {
            throw Refused(endpoint, "it redirects to no address of http or https");
        }

        if (from.Scheme == Uri.UriSchemeHttps && to.Scheme != Uri.UriSchemeHttps && !endpoint.IsInsecure)
        {
            throw Refused(endpoint, $"it redirects from TLS to plain HTTP at {Shown.Text(to.Authority)}");
        }

        // What is written is meant for the registry, whoever it may name; uploads elsewhere have a Location of their
        // own.
        bool writes = message.RequestMessage is { Content: not null };
        return writes && to.Authority != from.Authority
            ? throw Refused(endpoint, $"it redirects what is written to {Shown.Text(to.Authority)}")
            : to;
    }

    private static RegistryFault Refused(RegistryEndpoint endpoint, string fault) =>
        RegistryFault.Protocol(endpoint.Registry, fault, endpoint.Registry);
}
