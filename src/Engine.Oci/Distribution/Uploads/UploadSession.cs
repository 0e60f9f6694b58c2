using System.Globalization;
using System.Net;
using Engine.Oci.Distribution.Faults;
using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution.Uploads;

/// <summary>
/// An upload that a registry has opened: where it goes on, and how much of it is there (distribution-spec, "Pushing a
/// blob in chunks").
/// </summary>
internal sealed class UploadSession
{
    private readonly EndpointSession _session;
    private readonly string _target;

    private UploadSession(EndpointSession session, string target, Uri address)
    {
        _session = session;
        _target = target;
        Address = address;
    }

    /// <summary>Where the next request of this upload goes; the registry names it anew with each answer.</summary>
    public Uri Address { get; private set; }

    /// <summary>The bytes that the registry has.</summary>
    public long Offset { get; private set; }

    /// <summary>The fewest bytes of a chunk but the last; null when the registry asks for no chunks.</summary>
    public long? MinChunk { get; private init; }

    /// <summary>The upload that an answer opened.</summary>
    public static UploadSession From(RegistryResponse opened, EndpointSession session, string target) =>
        new(session, target, Location(opened, session.Endpoint, target))
        {
            MinChunk = opened.NumberHeader("OCI-Chunk-Min-Length"),
        };

    /// <summary>Sends the next bytes.</summary>
    public async Task PatchAsync(Func<StallGuard, HttpContent> content, long count, CancellationToken cancellationToken)
    {
        long end = Offset + count;
        var request = new RegistryRequest(HttpMethod.Patch, "", _target)
        {
            Address = Address,
            Content = guard =>
            {
                // Not as RFC 9110 has it: without a unit and a total.
                HttpContent body = content(guard);
                body.Headers.TryAddWithoutValidation(
                    "Content-Range", string.Create(CultureInfo.InvariantCulture, $"{Offset}-{end - 1}"));
                return body;
            },
            Expected = [HttpStatusCode.Accepted, HttpStatusCode.NoContent],
        };
        using RegistryResponse response = await _session.SendAsync(request, cancellationToken).ConfigureAwait(false);
        long taken = Taken(response, end) ?? end;
        if (taken <= Offset || taken > end)
        {
            throw RegistryFault.Protocol(
                _session.Endpoint.Registry, "it does not take what is uploaded", _target, isTransient: true);
        }

        Offset = taken;
        Address = Location(response, _session.Endpoint, _target);
    }

    /// <summary>Ends the upload, with all of the blob if nothing was sent before.</summary>
    public async Task CommitAsync(
        Digest digest, Func<StallGuard, HttpContent>? content, CancellationToken cancellationToken)
    {
        string separator = Address.Query.Length == 0 ? "?" : "&";
        var request = new RegistryRequest(HttpMethod.Put, "", _target)
        {
            Address = new Uri($"{Address.AbsoluteUri}{separator}digest={Uri.EscapeDataString(digest.ToString())}"),
            Content = content,
            Expected = [HttpStatusCode.Created, HttpStatusCode.NoContent],
        };
        using RegistryResponse response = await _session.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Digest is { } stored && stored.Algorithm == digest.Algorithm && stored != digest)
        {
            throw RegistryFault.Corrupt(
                _session.Endpoint.Registry, EngineErrorReason.DigestMismatch, $"it stored {stored}",
                _target, isTransient: false);
        }
    }

    /// <summary>Asks how much is there, after a cut.</summary>
    /// <returns>Whether the upload still is; one that is not has to begin anew.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Get, "", _target)
        {
            Address = Address,
            Expected = [HttpStatusCode.NoContent, HttpStatusCode.OK, HttpStatusCode.Accepted],
        };
        try
        {
            using RegistryResponse response = await _session.SendAsync(request, cancellationToken)
                .ConfigureAwait(false);
            Offset = Taken(response, end: null) ?? 0;
            if (response.Header("Location") is not null)
            {
                Address = Location(response, _session.Endpoint, _target);
            }

            return true;
        }
        catch (RegistryFault fault)
            when (fault is { IsTransient: false, Status: not null and not HttpStatusCode.Unauthorized })
        {
            return false;
        }
    }

    /// <summary>Gives the upload up; a registry that does not know that clears it away by itself later.</summary>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Delete, "", _target)
        {
            Address = Address,
            Expected = [HttpStatusCode.NoContent, HttpStatusCode.OK, HttpStatusCode.Accepted],
        };
        try
        {
            (await _session.SendAsync(request, cancellationToken).ConfigureAwait(false)).Dispose();
        }
        catch (RegistryFault)
        {
            // Nothing depends on it.
        }
    }

    // Range: 0-<last byte>, with or without "bytes="; 0-0 stands for nothing as well as for one byte.
    private static long? Taken(RegistryResponse response, long? end)
    {
        string range = response.Header("Range") ?? "";
        int dash = range.IndexOf('-', StringComparison.Ordinal);
        return dash < 0
            || !long.TryParse(range.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long last)
            ? null
            : last == 0 && end != 1 ? 0 : last + 1;
    }

    private static Uri Location(RegistryResponse response, RegistryEndpoint endpoint, string target)
    {
        bool found = ResponseAddress.TryRead(response.Message, "Location", response.Address, out Uri? location);
        return found
            && (location!.Scheme == Uri.UriSchemeHttps || response.Address.Scheme == Uri.UriSchemeHttp || endpoint.IsInsecure)
            ? location
            : throw RegistryFault.Protocol(
                endpoint.Registry, "it names no place to upload to, or one without TLS", target);
    }
}
