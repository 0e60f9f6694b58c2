using System.Net;
using Engine.Oci.Distribution.Authentication;
using Engine.Oci.Distribution.Faults;
using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution.Uploads;

/// <summary>
/// Takes a blob over from another repository of the same registry, without moving it (distribution-spec, "Mounting a
/// blob from another repository").
/// </summary>
internal sealed class BlobMount(RepositoryCalls calls, Digest digest, string from)
{
    public Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        string query = $"?mount={Uri.EscapeDataString(digest.ToString())}&from={Uri.EscapeDataString(from)}";
        var request = new RegistryRequest(
            HttpMethod.Post, calls.Path($"blobs/uploads/{query}"), calls.Target(digest.ToString()))
        {
            Expected = [HttpStatusCode.Created, HttpStatusCode.Accepted],
            MoreScopes = ScopeSet.Repository(from, "pull"),
        };
        return calls.RunAsync(
            $"blob {digest}", session => MountAsync(session, request, cancellationToken), cancellationToken);
    }

    private static async Task<bool> MountAsync(
        EndpointSession session, RegistryRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using RegistryResponse response = await session.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.Status == HttpStatusCode.Created)
            {
                return true;
            }

            // The registry would rather have it uploaded, and has opened an upload for that.
            await UploadSession.From(response, session, request.Target).CancelAsync(cancellationToken)
                .ConfigureAwait(false);
            return false;
        }
        catch (RegistryFault fault) when (fault is { IsTransient: false, Status: not null })
        {
            // A mount saves an upload and is never needed: what stands against it, the upload will say if it matters.
            return false;
        }
    }
}
