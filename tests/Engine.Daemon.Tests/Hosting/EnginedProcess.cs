using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Grpc.Net.Client;
using Tmds.Linux;

namespace Engine.Daemon.Tests.Hosting;

/// <summary>A real engined, as a service manager would run it.</summary>
internal sealed class EnginedProcess : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // The build beside the tests, or another one, such as a native build that is about to be published.
    private static readonly string s_program =
        Environment.GetEnvironmentVariable("ENGINE_DAEMON") ?? Path.Combine(AppContext.BaseDirectory, "engined");

    private readonly TemporaryDirectory _directory;
    private readonly Socket _notifications = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Process _process;

    private EnginedProcess(TemporaryDirectory directory, IEnumerable<string> arguments)
    {
        _directory = directory;
        var notify = directory[$"notify-{Guid.NewGuid():N}"[..16]];
        _notifications.Bind(new UnixDomainSocketEndPoint(notify));
        var start = new ProcessStartInfo(s_program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["NOTIFY_SOCKET"] = notify },
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    /// <summary>All that it has written, to both outputs.</summary>
    public string Log => string.Join('\n', _log);

    public string Socket => Path.Combine(_directory["run"], "engine.sock");

    /// <summary>Starts one with a data root and an exec root of its own, and waits for its readiness.</summary>
    public static async Task<EnginedProcess> StartAsync(TemporaryDirectory directory, params string[] arguments)
    {
        var engined = Launch(directory, ["--data-root", directory["data"], "--exec-root", directory["run"], .. arguments]);
        Assert.Equal("READY=1", await engined.NotificationAsync());
        return engined;
    }

    /// <summary>Starts one with these arguments and nothing else, and waits for nothing.</summary>
    public static EnginedProcess Launch(TemporaryDirectory directory, params string[] arguments) => new(directory, arguments);

    /// <summary>The next thing that it tells the service manager; it fails when the process ends instead.</summary>
    public async Task<string> NotificationAsync()
    {
        var buffer = new byte[256];
        using var ends = new CancellationTokenSource(Limit);
        var received = _notifications.ReceiveAsync(buffer, ends.Token).AsTask();
        var ended = _process.WaitForExitAsync(ends.Token);
        if (await Task.WhenAny(received, ended) == received && received.IsCompletedSuccessfully)
        {
            return Encoding.UTF8.GetString(buffer, 0, await received);
        }

        await ends.CancelAsync();
        Assert.Fail($"engined {(_process.HasExited ? $"ended with {_process.ExitCode}" : "said nothing")}:\n{Log}");
        return "";
    }

    public void Signal(int signal) => Assert.Equal(0, LibC.kill(_process.Id, signal));

    /// <summary>Ends it as a service manager does; its log is whole then.</summary>
    public async Task StopAsync()
    {
        Signal(LibC.SIGTERM);
        Assert.Equal(0, await ExitAsync());
    }

    public async Task<int> ExitAsync()
    {
        using var ends = new CancellationTokenSource(Limit);
        try
        {
            await _process.WaitForExitAsync(ends.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"engined runs on:\n{Log}");
        }

        return _process.ExitCode;
    }

    /// <summary>A connection of its own.</summary>
    public GrpcChannel Connect()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return GrpcChannel.ForAddress(
            "http://localhost", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _notifications.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
        }
    }
}
