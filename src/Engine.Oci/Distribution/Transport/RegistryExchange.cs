namespace Engine.Oci.Distribution.Transport;

/// <summary>
/// One request and its answer, redirects included, over a registry's connections; whatever goes wrong on the way is a
/// <see cref="Faults.RegistryFault"/>.
/// </summary>
internal sealed class RegistryExchange(RegistryOptions options, TimeProvider time, RegistryConnections connections)
{
    private readonly RedirectFollower _redirects = new(options.MaxRedirects);

    /// <summary>Sends a request.</summary>
    /// <param name="endpoint">The registry whose connections it goes over.</param>
    /// <param name="address">Where to.</param>
    /// <param name="make">Makes the message for an address: the first one, and each that a redirect leads to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<RegistryResponse> SendAsync(
        RegistryEndpoint endpoint,
        Uri address,
        Func<Uri, StallGuard, HttpRequestMessage> make,
        CancellationToken cancellationToken)
    {
        HttpMessageInvoker connection = connections.To(endpoint);
        using var guard = new StallGuard(options.StallTimeout, time, cancellationToken);
        (HttpResponseMessage message, Uri from) =
            await _redirects.SendAsync(connection, endpoint, address, make, guard).ConfigureAwait(false);
        return new RegistryResponse(message, endpoint, from, options, time);
    }
}
