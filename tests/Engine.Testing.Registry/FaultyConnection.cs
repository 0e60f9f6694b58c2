using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Engine.Testing.Registry;

/// <summary>HTTP/1.1 by hand: a proper server would refuse to tell the lies that tests need.</summary>
internal sealed class FaultyConnection(Socket socket, Stream stream, CancellationToken stopping)
{
    private const int MaxHead = 64 * 1024;

    private byte[] _pending = [];

    /// <summary>The next request's line and headers; null when the client is gone or speaks something else.</summary>
    public async Task<(string Method, string Target, Dictionary<string, string> Headers)?> ReadHeadAsync()
    {
        using var head = new MemoryStream();
        head.Write(_pending);
        int end;
        while ((end = head.GetBuffer().AsSpan(0, (int)head.Length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            byte[] buffer = new byte[4096];
            int read = head.Length > MaxHead ? 0 : await stream.ReadAsync(buffer, stopping).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            head.Write(buffer, 0, read);
            if (head.GetBuffer()[0] is < (byte)'A' or > (byte)'Z')
            {
                // A TLS greeting on a plain port: what real servers answer.
                await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray(), stopping)
                    .ConfigureAwait(false);
                return null;
            }
        }

        _pending = head.ToArray()[(end + 4)..];
        string[] lines = Encoding.Latin1.GetString(head.GetBuffer(), 0, end).Split("\r\n");
        string[] first = lines[0].Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string[] pair in lines.Skip(1).Select(line => line.Split(':', 2)))
        {
            string value = pair[1].Trim();
            headers[pair[0]] = headers.TryGetValue(pair[0], out string? before) ? $"{before}, {value}" : value;
        }

        return (first[0], first[1], headers);
    }

    /// <summary>The body; at most so many bytes of it.</summary>
    public async Task<byte[]> ReadBodyAsync(Dictionary<string, string> headers, long limit)
    {
        if (headers.ContainsKey("Expect"))
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), stopping).ConfigureAwait(false);
        }

        long length = long.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        byte[] body = new byte[Math.Min(length, limit)];
        int have = Math.Min(_pending.Length, body.Length);
        _pending.AsSpan(0, have).CopyTo(body);
        _pending = _pending[have..];
        await stream.ReadExactlyAsync(body.AsMemory(have), stopping).ConfigureAwait(false);
        return body;
    }

    /// <summary>Sends an answer.</summary>
    /// <returns>Whether the connection can take another request.</returns>
    public async Task<bool> WriteAsync(FaultyAnswer answer, bool isHead)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Faulty\r\n");
        foreach ((string name, string value) in answer.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        bool hasLength = answer.UntilClose || answer.IsEndless || answer.Headers.Any(h => h.Name == "Content-Length");
        head.Append(hasLength ? "" : $"Content-Length: {answer.SaidLength ?? answer.Body.Length}\r\n")
            .Append(answer.UntilClose || answer.IsEndless ? "Connection: close\r\n\r\n" : "\r\n");
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.ToString()), stopping).ConfigureAwait(false);
        if (isHead)
        {
            return true;
        }

        int sent = Math.Min(answer.CutAfter ?? answer.StallAfter ?? int.MaxValue, answer.Body.Length);
        ReadOnlyMemory<byte> body = answer.Body[..sent];
        do
        {
            await stream.WriteAsync(body, stopping).ConfigureAwait(false);
            await stream.FlushAsync(stopping).ConfigureAwait(false);
        }
        while (answer.IsEndless);

        if (answer.StallAfter is not null)
        {
            // Until the client has enough and closes, or the test is over.
            await stream.ReadAsync(new byte[1], stopping).ConfigureAwait(false);
        }

        if (answer.CutAfter is not null)
        {
            await CutAsync().ConfigureAwait(false);
        }

        return answer is { UntilClose: false, CutAfter: null, StallAfter: null }
            && (answer.SaidLength ?? answer.Body.Length) == answer.Body.Length;
    }

    /// <summary>Ends the connection without a word, once what was sent has left.</summary>
    public async Task CutAsync()
    {
        // A reset may overtake what the other side has not read yet: give it a moment's chance to arrive in full.
        await stream.FlushAsync(stopping).ConfigureAwait(false);
        socket.Shutdown(SocketShutdown.Send);
    }
}
