using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Engine.Oci.Distribution.Faults;
using Engine.Oci.Distribution.Transport;
using Engine.Oci.Documents;

namespace Engine.Oci.Distribution;

/// <summary>
/// One download of one blob: it goes on where it was cut off, and stops as soon as what comes cannot be the blob.
/// </summary>
internal sealed class BlobDownload(RepositoryCalls calls, Descriptor blob, IBlobTarget target)
{
    private const int BufferBytes = 128 * 1024;

    // An attempt that brings this much is none in vain: a bad line is no reason to give a large layer up. One that
    // brings less counts, so that a registry which sends a byte at a time comes to an end.
    private const int Progress = 1024 * 1024;

    private readonly string _name = calls.Target(blob.Digest.ToString());

    // Never set back: content that is wrong as a whole stays wrong.
    private int _mismatches;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (blob.Data is { } data && data.Length == blob.Size && target.Length == 0 && blob.Digest.Matches(data))
        {
            await target.AppendAsync(data, cancellationToken).ConfigureAwait(false);
        }

        await calls.EachAsync(
            async (session, isLast) =>
            {
                await FromAsync(session, isLast ? calls.Options.MaxAttempts : 1, cancellationToken)
                    .ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task FromAsync(EndpointSession session, int maxAttempts, CancellationToken cancellationToken)
    {
        for (int failed = 0; ;)
        {
            long before = target.Length;
            try
            {
                await AttemptAsync(session, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (RegistryFault fault)
            {
                failed = target.Length - before >= Progress ? 1 : failed + 1;
                if (!fault.IsTransient || Math.Max(failed, _mismatches) >= maxAttempts)
                {
                    throw;
                }

                await calls.Attempts.WaitAsync($"blob {blob.Digest}", fault, failed, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private async Task AttemptAsync(EndpointSession session, CancellationToken cancellationToken)
    {
        if (target.Length > blob.Size)
        {
            await target.RestartAsync(cancellationToken).ConfigureAwait(false);
        }

        if (target.Length < blob.Size)
        {
            await FetchAsync(session, cancellationToken).ConfigureAwait(false);
        }

        if (!target.Verify())
        {
            _mismatches++;
            await target.RestartAsync(cancellationToken).ConfigureAwait(false);
            throw Wrong(
                session, EngineErrorReason.DigestMismatch, "its content has another digest", isTransient: blob.Size > 0);
        }
    }

    private async Task FetchAsync(EndpointSession session, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Get, calls.Path($"blobs/{blob.Digest}"), _name)
        {
            From = target.Length,
            Expected = [HttpStatusCode.OK, HttpStatusCode.PartialContent, HttpStatusCode.RequestedRangeNotSatisfiable],
        };
        using RegistryResponse response = await session.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await FitAsync(session, response, cancellationToken).ConfigureAwait(false);
        long left = blob.Size - target.Length;
        if (response.Length > left)
        {
            throw TooLong(session);
        }

        using ResponseBody body = await response.OpenAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                left -= read;
                if (left < 0)
                {
                    throw TooLong(session);
                }

                await target.AppendAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (left > 0)
        {
            throw Wrong(
                session,
                EngineErrorReason.RegistryFailed,
                string.Create(CultureInfo.InvariantCulture, $"it ends after {target.Length} of {blob.Size} bytes"),
                isTransient: true);
        }
    }

    // RFC 9110 section 15.3.7: what was asked for as the rest may come as the whole, or as another part.
    private async Task FitAsync(EndpointSession session, RegistryResponse response, CancellationToken cancellationToken)
    {
        ContentRangeHeaderValue? range = response.Content.ContentRange;
        switch (response.Status)
        {
            case HttpStatusCode.OK when target.Length > 0:
                await target.RestartAsync(cancellationToken).ConfigureAwait(false);
                break;
            case HttpStatusCode.PartialContent when target.Length == 0 || range?.From != target.Length
                || (range.HasLength && range.Length != blob.Size):
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                await target.RestartAsync(cancellationToken).ConfigureAwait(false);
                throw Wrong(
                    session,
                    EngineErrorReason.RegistryFailed,
                    "it is not the part that was asked for",
                    isTransient: true);
        }
    }

    private RegistryFault TooLong(EndpointSession session) => Wrong(
        session,
        EngineErrorReason.DigestMismatch,
        string.Create(CultureInfo.InvariantCulture, $"it is longer than the {blob.Size} bytes that the manifest says"),
        isTransient: false);

    private RegistryFault Wrong(EndpointSession session, string reason, string fault, bool isTransient) =>
        RegistryFault.Corrupt(session.Endpoint.Registry, reason, fault, _name, isTransient);
}
