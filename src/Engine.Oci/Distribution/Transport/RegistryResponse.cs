using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Engine.Oci.Distribution.Faults;

namespace Engine.Oci.Distribution.Transport;

/// <summary>An answer: its headers are here, its body is read as it comes.</summary>
internal sealed class RegistryResponse(
    HttpResponseMessage message, RegistryEndpoint endpoint, Uri address, RegistryOptions options,
    TimeProvider time) : IDisposable
{
    public RegistryEndpoint Endpoint => endpoint;

    /// <summary>Where it came from in the end.</summary>
    public Uri Address => address;

    public HttpStatusCode Status => message.StatusCode;

    public HttpResponseMessage Message => message;

    public HttpContentHeaders Content => message.Content.Headers;

    /// <summary>The bytes that the body is said to have; null when nothing is said.</summary>
    public long? Length => message.Content.Headers.ContentLength;

    /// <summary>The media type without its parameters; empty when there is none.</summary>
    public string MediaType =>
        (message.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.First() : "")
        .Split(';', 2)[0].Trim().ToLowerInvariant();

    /// <summary>How long the registry asks to wait (RFC 9110 section 10.2.3): seconds or a date.</summary>
    public TimeSpan? RetryAfter
    {
        get
        {
            RetryConditionHeaderValue? asked = message.Headers.RetryAfter;
            TimeSpan? wait = asked?.Delta ?? (asked?.Date - time.GetUtcNow());
            return wait > TimeSpan.Zero ? wait : null;
        }
    }

    /// <summary>The digest that the registry says the content has; null when it says none.</summary>
    public Digest? Digest => Digest.TryParse(Header("Docker-Content-Digest"), out Digest? digest) ? digest : null;

    public string? Header(string name) =>
        message.Headers.NonValidated.TryGetValues(name, out var values) ? values.First() : null;

    public IEnumerable<string> Headers(string name) =>
        message.Headers.NonValidated.TryGetValues(name, out var values) ? values : [];

    public long? NumberHeader(string name) =>
        long.TryParse(Header(name), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Begins reading the body.</summary>
    public async Task<ResponseBody> OpenAsync(CancellationToken cancellationToken) =>
        new(
            await message.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false),
            endpoint,
            address,
            new StallGuard(options.StallTimeout, time, cancellationToken));

    /// <summary>The whole body, if it has at most so many bytes.</summary>
    /// <exception cref="RegistryFault"><see cref="EngineErrorReason.InputTooLarge"/>.</exception>
    public async Task<byte[]> ReadAsync(int limit, string target, CancellationToken cancellationToken)
    {
        if (Length > limit)
        {
            throw TooLarge(limit, target);
        }

        using ResponseBody body = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await body.ReadAsync(limit).ConfigureAwait(false) ?? throw TooLarge(limit, target);
    }

    /// <summary>As much of the body as is read of an error; nothing when it does not come.</summary>
    public async Task<byte[]> ReadStartAsync(CancellationToken cancellationToken)
    {
        try
        {
            using ResponseBody body = await OpenAsync(cancellationToken).ConfigureAwait(false);
            return await body.ReadAsync(options.MaxErrorBytes).ConfigureAwait(false) ?? [];
        }
        catch (RegistryFault)
        {
            return [];
        }
    }

    public void Dispose() => message.Dispose();

    private RegistryFault TooLarge(int limit, string target) =>
        new(new EngineException(
            EngineErrorCode.LimitExceeded,
            EngineErrorReason.InputTooLarge,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The registry {endpoint.Registry} sends more for '{target}' than the {limit} bytes that are read of it."),
            target));
}
