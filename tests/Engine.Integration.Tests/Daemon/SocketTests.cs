using System.Net.Sockets;
using System.Text;
using Engine.Client;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Daemon;

/// <summary>What a careless or hostile program may do to the socket.</summary>
public sealed class SocketTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u00ff\u00ff\u00ff\u00ff\u00ff")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("")]
    public async Task Whatever_is_written_to_the_socket_the_engine_answers_others(string text)
    {
        for (int i = 0; i < 20; i++)
        {
            using Socket socket = await ConnectAsync();
            await socket.SendAsync(Encoding.Latin1.GetBytes(text), Cancel);
        }

        Assert.NotNull(await Engine.Client.System.GetInfoAsync(Cancel));
    }

    [Fact]
    public async Task Two_hundred_idle_connections_do_not_keep_others_out()
    {
        var sockets = new List<Socket>();
        try
        {
            for (int i = 0; i < 200; i++)
            {
                sockets.Add(await ConnectAsync());
            }

            using var client = new EngineClient(Engine.Client.Connection);
            Assert.NotNull(await client.System.GetInfoAsync(Cancel));
        }
        finally
        {
            sockets.ForEach(s => s.Dispose());
        }
    }

    [Fact]
    public async Task An_enormous_request_is_an_error_of_the_caller_s()
    {
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            () => CreateAsync(
                Config("true") with { Labels = new Dictionary<string, string> { ["big"] = new('x', 64 << 20) } }));
        Assert.NotEqual(EngineErrorCode.Internal, error.Code);
        Assert.NotNull(await Engine.Client.System.GetInfoAsync(Cancel));
    }

    [Fact]
    public async Task No_engine_at_an_address_is_said_with_the_address()
    {
        using var client = new EngineClient(new EngineConnection(new Uri("unix:///tmp/no-engine-here.sock")));
        EngineException error =
            await FailsAsync(EngineErrorReason.EngineNotRunning, () => client.System.GetInfoAsync(Cancel));
        Assert.Contains("/tmp/no-engine-here.sock", error.Message, StringComparison.Ordinal);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(Engine.ExecRoot, "engine.sock")), Cancel);
        return socket;
    }
}
