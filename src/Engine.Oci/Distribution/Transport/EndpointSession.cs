using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Engine.Oci.Distribution.Authentication;
using Engine.Oci.Distribution.Faults;

namespace Engine.Oci.Distribution.Transport;

/// <summary>
/// Work at one endpoint for one user: each request with who asks, and once more when the registry asks that anew.
/// </summary>
internal sealed class EndpointSession(
    RegistryEndpoint endpoint,
    RegistryOptions options,
    RegistryExchange exchange,
    EndpointAuthorization authorization,
    IRegistryObserver? observer)
{
    // Enough for what registries announce (deprecations, vulnerabilities), too few for flooding a terminal.
    private const int MaxWarnings = 10;

    private const int LargeBody = 1024 * 1024;

    private readonly HashSet<string> _warned = [];

    public RegistryEndpoint Endpoint => endpoint;

    /// <summary>Sends a request once: it is not tried again.</summary>
    /// <exception cref="RegistryFault">The answer is none of those that were expected, or there is none.</exception>
    public async Task<RegistryResponse> SendAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        for (bool asked = false; ; asked = true)
        {
            AuthenticationHeaderValue? header =
                await authorization.HeaderAsync(request.MoreScopes, cancellationToken).ConfigureAwait(false);
            RegistryResponse response = await SendAsAsync(request, header, cancellationToken).ConfigureAwait(false);
            if (request.Expected.Contains(response.Status))
            {
                Warn(response);
                return response;
            }

            using (response)
            {
                bool again = !asked && response.Status == HttpStatusCode.Unauthorized
                    && endpoint.IsOwn(response.Address)
                    && authorization.Learn(response, header, request.MoreScopes);
                if (!again)
                {
                    throw await ResponseFault.ReadAsync(
                        response, request, authorization.Secrets(header), cancellationToken)
                        .ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Sends a request once, whatever the answer, and says who asks as it is told.</summary>
    /// <exception cref="RegistryFault">There is no answer.</exception>
    public async Task<RegistryResponse> SendAsAsync(
        RegistryRequest request, AuthenticationHeaderValue? header, CancellationToken cancellationToken)
    {
        while (true)
        {
            Uri root = endpoint.Root;
            try
            {
                return await exchange.SendAsync(
                    endpoint,
                    request.Address ?? new Uri(root, request.Path),
                    (address, guard) => Message(request, address, header, guard),
                    cancellationToken).ConfigureAwait(false);
            }
            catch (RegistryFault fault)
                when (fault.IsConnectFailure && request.Address is null && endpoint.TryFallBack(root))
            {
                // Insecure registries: first TLS, then without.
            }
            catch (RegistryFault fault) when (fault.IsConnectFailure)
            {
                endpoint.Unsettle();
                throw;
            }
        }
    }

    private HttpRequestMessage Message(
        RegistryRequest request, Uri address, AuthenticationHeaderValue? header, StallGuard guard)
    {
        var message = new HttpRequestMessage(request.Method, address)
        {
            // One connection for each layer moves more than one for all of them.
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = request.Content?.Invoke(guard),
        };
        // A registry that is going to refuse an upload says so before it is sent.
        message.Headers.ExpectContinue = message.Content?.Headers.ContentLength > LargeBody ? true : null;
        message.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        foreach (string type in request.Accept)
        {
            message.Headers.TryAddWithoutValidation("Accept", type);
        }

        if (request.From > 0)
        {
            message.Headers.TryAddWithoutValidation(
                "Range", string.Create(CultureInfo.InvariantCulture, $"bytes={request.From}-"));
        }

        if (endpoint.IsOwn(address))
        {
            message.Headers.Authorization = header;
        }

        return message;
    }

    // RFC 7234 section 5.5: 299 is for people; distribution-spec, "Warnings".
    private void Warn(RegistryResponse response)
    {
        foreach (string warning in observer is null ? [] : response.Headers("Warning"))
        {
            string[] parts = warning.Split('"');
            if (parts.Length < 3 || !warning.StartsWith("299 ", StringComparison.Ordinal))
            {
                continue;
            }

            string text = $"{endpoint.Registry}: {Shown.Text(parts[1])}";
            bool isNew;
            lock (_warned)
            {
                isNew = _warned.Count < MaxWarnings && _warned.Add(text);
            }

            if (isNew)
            {
                observer!.Warning(text);
            }
        }
    }
}
