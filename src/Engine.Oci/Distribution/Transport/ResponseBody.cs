using Engine.Oci.Distribution.Faults;

namespace Engine.Oci.Distribution.Transport;

/// <summary>The body of an answer while it comes.</summary>
internal sealed class ResponseBody(
    Stream stream, RegistryEndpoint endpoint, Uri address, StallGuard guard) : IDisposable
{
    /// <summary>The next bytes; 0 at the end. Only the wait for them counts as a stall.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        guard.Touch();
        try
        {
            return await stream.ReadAsync(buffer, guard.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (TransportFault.Is(e, guard.Caller))
        {
            throw TransportFault.From(e, endpoint, address, guard.IsExpired);
        }
        finally
        {
            guard.Pause();
        }
    }

    /// <summary>All that is left; null when that is more than the limit.</summary>
    public async Task<byte[]?> ReadAsync(int limit)
    {
        using var content = new MemoryStream();
        byte[] buffer = new byte[Math.Min(limit + 1, 64 * 1024)];
        int read;
        while ((read = await ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            if (content.Length + read > limit)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    public void Dispose()
    {
        guard.Dispose();
        stream.Dispose();
    }
}
