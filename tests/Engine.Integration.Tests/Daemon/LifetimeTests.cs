using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Daemon;

/// <summary>How engined starts, refuses to start, and ends.</summary>
public sealed class LifetimeTests() : OwnEngineTest
{
    [Fact]
    public async Task SIGTERM_ends_the_engine_and_containers_run_on()
    {
        Container container = await StartReadyAsync();
        Assert.Equal(0, await Engine.StopAsync());
        Assert.True(Kernel.IsAlive(container.Pid), "The container ended with its engine.");
        Assert.False(File.Exists(Path.Combine(Engine.ExecRoot, "engine.sock")), "The socket is still there.");
        await Engine.StartAsync();
        Container after = await GetAsync(container);
        Assert.Equal((ContainerState.Running, container.Pid), (after.State, after.Pid));
    }

    [Fact]
    public async Task A_shutdown_call_ends_the_engine()
    {
        await Engine.Client.System.ShutdownAsync(Cancel);
        Assert.Equal(0, await Engine.WaitForExitAsync());
        await Engine.StartAsync();
    }

    [Fact]
    public async Task SIGTERM_lets_running_calls_end()
    {
        Container container =
            await StartReadyAsync(Script("trap 'sleep 1; exit 0' TERM; echo ready; sleep 1000 & wait"));
        IAsyncEnumerable<EngineEvent> kills = await Engine.Client.System.OpenEventsAsync(
            new EventQuery { Objects = [container.Id], Actions = ["kill"] }, Cancel);
        Task<bool> stop = Containers.StopAsync(container.Id, null, TimeSpan.FromSeconds(10), Cancel);

        // The signal is sent: the call runs, for as long as the container takes.
        Assert.Equal("kill", (await kills.FirstAsync(Cancel)).Action);
        Task<int> end = Engine.StopAsync();
        Assert.True(await stop);
        Assert.Equal(0, await end);
        await Engine.StartAsync();
        Assert.Equal(
            (ContainerState.Exited, 0), ((await GetAsync(container)).State, (await GetAsync(container)).ExitCode));
    }

    [Fact]
    public async Task A_second_engine_on_the_same_data_root_is_refused()
    {
        await using TestEngine? second =
            await TestEngineOrNullAsync(new TestEngineOptions { DataRoot = Engine.DataRoot });
        Assert.Null(second);
        Assert.NotNull(await Engine.Client.System.GetInfoAsync(Cancel));
    }

    [Fact]
    public async Task The_engine_keeps_its_id()
    {
        string id = (await Engine.Client.System.GetInfoAsync(Cancel)).Id;
        await Engine.RestartAsync();
        Assert.Equal(id, (await Engine.Client.System.GetInfoAsync(Cancel)).Id);
    }

    [Fact]
    public async Task The_socket_is_closed_to_others()
    {
        UnixFileMode mode = File.GetUnixFileMode(Path.Combine(Engine.ExecRoot, "engine.sock"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, mode);
        // A caller without the permission is told what to do, not that nothing is there.
        using Process caller = Process.Start(new ProcessStartInfo("/bin/busybox")
        {
            ArgumentList = { "su", "-s", "/bin/sh", "nobody", "-c", $"test -w {Engine.ExecRoot}/engine.sock" },
        })!;
        await caller.WaitForExitAsync(Cancel);
        Assert.NotEqual(0, caller.ExitCode);
        Assert.NotNull(await Engine.Client.System.GetInfoAsync(Cancel));
    }

    [Fact]
    public async Task Readiness_is_told_to_the_service_manager()
    {
        string path = Path.Combine("/tmp", $"et-n-{Guid.NewGuid():N}"[..20]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        try
        {
            await using TestEngine other = await TestEngine.StartNewAsync(
                new TestEngineOptions { Environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path } });
            byte[] buffer = new byte[1024];
            int length = await socket.ReceiveAsync(buffer, Cancel);
            Assert.Contains("READY=1", Encoding.UTF8.GetString(buffer, 0, length), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static TheoryData<string[], string> BadOptions => new()
    {
        { ["--no-such-option"], "--no-such-option" },
        { ["--log-level", "loud"], "log-level" },
        { ["--host", "tcp://0.0.0.0:1"], "host" },
        { ["--data-root", "relative"], "data-root" },
        { ["--config-file", "/no/such/file"], "/no/such/file" },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task Bad_options_are_refused_with_their_name(string[] arguments, string expected)
    {
        var start = new ProcessStartInfo(
            EngineProgram.Path, arguments)
        { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(Cancel),
        output = process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains(expected, await error + await output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"no-such-key\": 1}", "no-such-key")]
    [InlineData("{\"log-level\": 7}", "log-level")]
    [InlineData("{\"default-shm-size\": -1}", "default-shm-size")]
    [InlineData("{", "JSON")]
    [InlineData("[]", "object")]
    public async Task A_bad_configuration_file_is_refused_with_the_key(string content, string expected)
    {
        string file = Path.Combine(Engine.ExecRoot, "bad.json");
        await File.WriteAllTextAsync(file, content, Cancel);
        try
        {
            await Bad_options_are_refused_with_their_name(["--config-file", file], expected);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<TestEngine?> TestEngineOrNullAsync(TestEngineOptions options)
    {
        try
        {
            return await TestEngine.StartNewAsync(options);
        }
        catch (InvalidOperationException e)
        {
            Assert.Contains(options.DataRoot!, e.Message, StringComparison.Ordinal);
            return null;
        }
    }
}
