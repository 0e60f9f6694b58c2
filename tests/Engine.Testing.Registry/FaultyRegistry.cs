using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Engine.Testing.Registry;

/// <summary>
/// A registry on loopback that is as honest as a test lets it be: it serves what it was given and takes uploads, and
/// before that asks the test's rules, the last one first, what to answer instead.
/// </summary>
public sealed class FaultyRegistry : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentStack<Func<ReceivedRequest, FaultyAnswer?>> _rules = [];
    private readonly ConcurrentQueue<ReceivedRequest> _requests = [];
    private readonly ConcurrentBag<Task> _work = [];
    private readonly ConcurrentQueue<string> _clients = [];
    private readonly FaultyContent _content = new();

    private FaultyRegistry(X509Certificate2? certificate, IPAddress address)
    {
        _certificate = certificate;
        _listener = new TcpListener(address, 0);
        _listener.Start();
        _work.Add(AcceptAsync());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary><c>address:port</c>, as a reference names the registry.</summary>
    public string Host => _listener.LocalEndpoint.ToString()!;

    /// <summary>The registry's address.</summary>
    public string Url => $"{(_certificate is null ? "http" : "https")}://{Host}";

    /// <summary>All that was asked so far, in order.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>The subjects of the certificates that clients showed; nobody has to show one.</summary>
    public IReadOnlyList<string> Clients => [.. _clients];

    /// <summary>What uploads are told: the fewest bytes of a chunk; null for nothing.</summary>
    public int? ChunkMinLength
    {
        get => _content.Uploads.ChunkMinLength;
        set => _content.Uploads.ChunkMinLength = value;
    }

    /// <summary>Whether a blob may come in one POST.</summary>
    public bool TakesSinglePost
    {
        get => _content.Uploads.TakesSinglePost;
        set => _content.Uploads.TakesSinglePost = value;
    }

    /// <summary>
    /// Cuts the next body that is larger after so many bytes, and keeps them if it is an upload's chunk.
    /// </summary>
    public int? CutNextBodyAfter { get; set; }

    public static FaultyRegistry Start(X509Certificate2? certificate = null, IPAddress? address = null) =>
        new(certificate, address ?? IPAddress.Loopback);

    /// <summary>Adds a rule: null from it leaves the request to the older ones.</summary>
    public void On(Func<ReceivedRequest, FaultyAnswer?> rule) => _rules.Push(rule);

    /// <summary>Drops all rules.</summary>
    public void Forget() => _rules.Clear();

    /// <summary>Adds a rule for one path, the query aside.</summary>
    public void On(string method, string path, Func<ReceivedRequest, FaultyAnswer?> rule) =>
        On(request => request.Method == method && request.Path == path ? rule(request) : null);

    /// <summary>
    /// Answers the next requests for a path, one after the other, and leaves those after them to other rules.
    /// </summary>
    public void Next(string method, string path, params FaultyAnswer[] answers)
    {
        var left = new ConcurrentQueue<FaultyAnswer>(answers);
        On(method, path, _ => left.TryDequeue(out FaultyAnswer? answer) ? answer : null);
    }

    /// <summary>Adds a blob.</summary>
    /// <returns>Its digest.</returns>
    public string AddBlob(string repository, byte[] content) => _content.AddBlob(repository, content);

    /// <summary>Adds a manifest, by its digest and by a tag.</summary>
    /// <returns>Its digest.</returns>
    public string AddManifest(string repository, string? tag, string mediaType, byte[] content) =>
        _content.AddManifest(repository, tag, mediaType, content);

    /// <summary>A blob that is here, or null.</summary>
    public byte[]? Blob(string repository, string digest) => _content.Blob(repository, digest);

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await Task.WhenAll(_work).ConfigureAwait(false);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _work.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token).ConfigureAwait(false)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        try
        {
            using (socket)
            {
                await using Stream stream = await OpenAsync(socket).ConfigureAwait(false);
                var connection = new FaultyConnection(socket, stream, _stopping.Token);
                while (await AnswerAsync(connection).ConfigureAwait(false))
                {
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, which is what many tests are about.
        }
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var plain = new NetworkStream(socket);
        if (_certificate is null)
        {
            return plain;
        }

        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                ClientCertificateRequired = true,
                // Whoever signed it: the test looks at who came.
                RemoteCertificateValidationCallback = static (_, client, _, _) => client is null or { Subject.Length: > 0 },
            },
            _stopping.Token).ConfigureAwait(false);
        if (tls.RemoteCertificate is { } client)
        {
            _clients.Enqueue(client.Subject);
        }

        return tls;
    }

    private async Task<bool> AnswerAsync(FaultyConnection connection)
    {
        if (await connection.ReadHeadAsync().ConfigureAwait(false) is not var (method, target, headers))
        {
            return false;
        }

        int? cut = headers.TryGetValue("Content-Length", out string? length) && long.Parse(length) > CutNextBodyAfter
            ? CutNextBodyAfter
            : null;
        byte[] body = await connection.ReadBodyAsync(headers, cut ?? long.MaxValue).ConfigureAwait(false);
        var request = new ReceivedRequest(method, target, headers, body);
        _requests.Enqueue(request);
        if (cut is not null)
        {
            CutNextBodyAfter = null;
            _content.Uploads.Keep(request);
            await connection.CutAsync().ConfigureAwait(false);
            return false;
        }

        FaultyAnswer answer = _rules.Select(rule => rule(request)).FirstOrDefault(found => found is not null)
            ?? _content.Answer(request);
        return await connection.WriteAsync(answer, method == "HEAD").ConfigureAwait(false);
    }
}
