using System.Net;
using Engine.Oci.Distribution.Faults;
using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution.Uploads;

/// <summary>
/// One upload of one blob: in one request where the registry takes that, in one piece or in chunks where it does not,
/// and on from where it was cut off where the registry still has the beginning.
/// </summary>
internal sealed class BlobUpload(RepositoryCalls calls, BlobSource source)
{
    // A configuration fits, and a layer that the registry would throw away does not.
    private const int SingleRequestBytes = 64 * 1024;

    private const int Progress = 1024 * 1024;

    private readonly string _target = calls.Target(source.Digest.ToString());
    private readonly RegistryOptions _options = calls.Options;

    public Task RunAsync(CancellationToken cancellationToken) =>
        calls.EachAsync((session, _) => ToAsync(session, cancellationToken), cancellationToken);

    private async Task<bool> ToAsync(EndpointSession session, CancellationToken cancellationToken)
    {
        UploadSession? upload = null;
        for (int failed = 0; ;)
        {
            long before = upload?.Offset ?? 0;
            try
            {
                upload = await BeginAsync(session, upload, failed > 0, cancellationToken).ConfigureAwait(false);
                if (upload is not null)
                {
                    await SendAsync(upload, cancellationToken).ConfigureAwait(false);
                }

                source.Sent(source.Size);
                return true;
            }
            catch (RegistryFault fault)
            {
                failed = upload?.Offset - before >= Progress ? 1 : failed + 1;

                // 404 and 416: the upload that we knew is gone, or stands elsewhere; beginning anew is the cure.
                bool lost = fault.Status is HttpStatusCode.RequestedRangeNotSatisfiable
                    || (fault.Status is HttpStatusCode.NotFound && upload is not null);
                if (failed >= _options.MaxAttempts || !(fault.IsTransient || lost))
                {
                    throw;
                }

                upload = lost ? null : upload;
                await calls.Attempts.WaitAsync($"blob {source.Digest}", fault, failed, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    // Null: the blob is there.
    private async Task<UploadSession?> BeginAsync(
        EndpointSession session, UploadSession? cut, bool again, CancellationToken cancellationToken)
    {
        if (cut is not null && await cut.RefreshAsync(cancellationToken).ConfigureAwait(false))
        {
            return cut;
        }

        // What was cut may have been the answer alone.
        if (again && await BlobExists.AskAsync(calls, session, source.Digest, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        bool single = source.Size <= SingleRequestBytes && !session.Endpoint.TakesNoSingleRequest;
        string query = single ? $"?digest={Uri.EscapeDataString(source.Digest.ToString())}" : "";
        var request = new RegistryRequest(HttpMethod.Post, calls.Path($"blobs/uploads/{query}"), _target)
        {
            Content = single ? Content(0, source.Size) : null,
            Expected = single ? [HttpStatusCode.Created, HttpStatusCode.Accepted] : [HttpStatusCode.Accepted],
            Missing = EngineErrorReason.RepositoryNotFound,
        };
        using RegistryResponse response = await session.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Status == HttpStatusCode.Created)
        {
            return null;
        }

        session.Endpoint.TakesNoSingleRequest |= single;
        return UploadSession.From(response, session, _target);
    }

    private async Task SendAsync(UploadSession upload, CancellationToken cancellationToken)
    {
        bool whole = upload is { Offset: 0, MinChunk: null } && source.Size <= _options.ChunkedUploadThreshold;
        while (!whole && upload.Offset < source.Size)
        {
            long chunk = Math.Max(_options.UploadChunkBytes, upload.MinChunk ?? 0);
            long count = Math.Min(chunk, source.Size - upload.Offset);
            await upload.PatchAsync(Content(upload.Offset, count), count, cancellationToken).ConfigureAwait(false);
        }

        await upload.CommitAsync(source.Digest, whole ? Content(0, source.Size) : null, cancellationToken)
            .ConfigureAwait(false);
    }

    private Func<StallGuard, HttpContent> Content(long offset, long count) =>
        guard => new BlobContent(source, offset, count, guard, _options.CommitTimeout);
}
