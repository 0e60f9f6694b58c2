using System.Net;
using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution.Uploads;

/// <summary>Asks whether a blob is in a repository.</summary>
internal static class BlobExists
{
    public static async Task<bool> AskAsync(
        RepositoryCalls calls, EndpointSession session, Digest digest, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(
            HttpMethod.Head, calls.Path($"blobs/{digest}"), calls.Target(digest.ToString()))
        {
            Expected = [HttpStatusCode.OK, HttpStatusCode.NotFound],
        };
        using RegistryResponse response = await session.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Status == HttpStatusCode.OK;
    }
}
