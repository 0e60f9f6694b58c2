using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Engine.Testing.Registry;

/// <summary>
/// A proxy on loopback that makes names of the test's own lead to servers on loopback: so that something is asked by a
/// name that is not loopback's, and has to have a certificate.
/// </summary>
public sealed class TunnelingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyDictionary<string, int> _ports;
    private readonly string? _credential;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _work = [];
    private readonly ConcurrentQueue<string> _asked = [];

    /// <summary>Starts one.</summary>
    /// <param name="ports">For each <c>host:port</c> that is asked for, the loopback port that it leads to.</param>
    /// <param name="credential"><c>user:password</c> that it wants; null for nothing.</param>
    public TunnelingProxy(IReadOnlyDictionary<string, int> ports, string? credential = null)
    {
        _ports = ports;
        _credential = credential;
        _listener.Start();
        _work.Add(AcceptAsync());
    }

    /// <summary><c>127.0.0.1:port</c>.</summary>
    public string Host => _listener.LocalEndpoint.ToString()!;

    /// <summary>The <c>host:port</c> of each tunnel.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await Task.WhenAll(_work).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _work.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token).ConfigureAwait(false)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                var connection = new FaultyConnection(client.Client, stream, _stopping.Token);
                while (await connection.ReadHeadAsync().ConfigureAwait(false) is var (_, target, headers))
                {
                    string expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(_credential ?? ""));
                    if (_credential is not null && headers.GetValueOrDefault("Proxy-Authorization") != expected)
                    {
                        await connection.WriteAsync(
                            FaultyAnswer.Text(407, "", ("Proxy-Authenticate", "Basic realm=\"proxy\"")), isHead: false)
                                .ConfigureAwait(false);
                        continue;
                    }

                    _asked.Enqueue(target);
                    await TunnelAsync(stream, _ports[target]).ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of the two sides went away.
        }
    }

    private async Task TunnelAsync(NetworkStream client, int port)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port, _stopping.Token).ConfigureAwait(false);
        await client.WriteAsync("HTTP/1.1 200 Connected\r\n\r\n"u8.ToArray(), _stopping.Token).ConfigureAwait(false);
        Task there = client.CopyToAsync(server.GetStream(), _stopping.Token);
        Task back = server.GetStream().CopyToAsync(client, _stopping.Token);
        await Task.WhenAny(there, back).ConfigureAwait(false);
        server.Close();
        client.Close();
        await Task.WhenAll(there, back).ConfigureAwait(false);
    }
}
