using System.Text.Json;
using Engine.Protocol;
using Engine.Protocol.V1;
using Grpc.Core;
using Tmds.Linux;

namespace Engine.Daemon.Tests.Hosting;

public sealed class EngineProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_ready_engine_answers_and_its_sockets_are_closed_to_others()
    {
        await using var engined = await EnginedProcess.StartAsync(_directory);
        using var channel = engined.Connect();
        var info = await new Protocol.V1.System.SystemClient(channel).GetInfoAsync(new GetInfoRequest(), cancellationToken: Token);
        Assert.Equal("engine.v1", info.ApiVersion);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(engined.Socket));
        var directory = File.GetUnixFileMode(_directory["run"]);
        Assert.Equal(UnixFileMode.None, directory & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite));
    }

    [Fact]
    public async Task Terminating_it_removes_the_socket_and_the_pid_file_and_is_told()
    {
        var pidFile = _directory["engined.pid"];
        await using var engined = await EnginedProcess.StartAsync(_directory, "--pidfile", pidFile);
        Assert.Equal($"{engined.Id}\n", await File.ReadAllTextAsync(pidFile, Token));

        engined.Signal(LibC.SIGTERM);

        Assert.Equal("STOPPING=1", await engined.NotificationAsync());
        Assert.Equal(0, await engined.ExitAsync());
        Assert.False(File.Exists(engined.Socket), engined.Log);
        Assert.False(File.Exists(pidFile), engined.Log);
    }

    [Fact]
    public async Task Hanging_up_is_logged_and_ends_nothing()
    {
        await using var engined = await EnginedProcess.StartAsync(_directory);
        engined.Signal(LibC.SIGHUP);
        using var channel = engined.Connect();
        await new Protocol.V1.System.SystemClient(channel).GetInfoAsync(new GetInfoRequest(), cancellationToken: Token);
        engined.Signal(LibC.SIGINT);
        Assert.Equal(0, await engined.ExitAsync());
        Assert.Contains("SIGHUP: ignored", engined.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_engine_on_the_same_data_root_is_refused_and_harms_nothing()
    {
        await using var first = await EnginedProcess.StartAsync(_directory);
        await using var second = EnginedProcess.Launch(
            _directory, "--data-root", _directory["data"], "--exec-root", _directory["run2"]);
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains(EngineErrorReason.DataRootInUse, second.Log, StringComparison.Ordinal);
        using var channel = first.Connect();
        await new Protocol.V1.System.SystemClient(channel).GetInfoAsync(new GetInfoRequest(), cancellationToken: Token);
    }

    [Fact]
    public async Task A_second_engine_on_the_same_socket_is_refused_and_harms_nothing()
    {
        await using var first = await EnginedProcess.StartAsync(_directory);
        await using var second = EnginedProcess.Launch(
            _directory, "--data-root", _directory["data2"], "--exec-root", _directory["run2"], "--host", $"unix://{first.Socket}");
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains("another engine listens there", second.Log, StringComparison.Ordinal);
        using var channel = first.Connect();
        await new Protocol.V1.System.SystemClient(channel).GetInfoAsync(new GetInfoRequest(), cancellationToken: Token);
    }

    [Fact]
    public async Task The_socket_of_a_killed_engine_is_replaced()
    {
        await using (var killed = await EnginedProcess.StartAsync(_directory))
        {
            killed.Signal(LibC.SIGKILL);
            await killed.ExitAsync();
            Assert.True(File.Exists(killed.Socket), "SIGKILL leaves the socket");
        }

        await using var next = await EnginedProcess.StartAsync(_directory);
        using var channel = next.Connect();
        await new Protocol.V1.System.SystemClient(channel).GetInfoAsync(new GetInfoRequest(), cancellationToken: Token);
    }

    [Fact]
    public async Task A_watching_call_ends_with_the_engine_and_holds_it_up_no_longer()
    {
        await using var engined = await EnginedProcess.StartAsync(_directory, "--shutdown-timeout", "-1");
        using var channel = engined.Connect();
        using var watch = new Protocol.V1.System.SystemClient(channel).WatchEvents(new WatchEventsRequest(), cancellationToken: Token);
        await watch.ResponseHeadersAsync;

        engined.Signal(LibC.SIGTERM);

        var error = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(Token));
        Assert.Equal(EngineErrorReason.EngineStopping, error.ToEngineException().Reason);
        Assert.Equal(0, await engined.ExitAsync());
    }

    [Fact]
    public async Task A_call_that_runs_may_end_by_itself_and_no_new_one_begins()
    {
        await using var engined = await EnginedProcess.StartAsync(_directory, "--shutdown-timeout", "-1");
        using var channel = engined.Connect();
        using var import = new Images.ImagesClient(channel).ImportImage(cancellationToken: Token);
        await import.RequestStream.WriteAsync(new ImportImageRequest { Header = new() }, Token);
        await new Protocol.V1.System.SystemClient(channel).GetInfoAsync(new GetInfoRequest(), cancellationToken: Token);

        engined.Signal(LibC.SIGTERM);
        Assert.Equal("STOPPING=1", await engined.NotificationAsync());
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new Protocol.V1.System.SystemClient(channel)
            .GetInfoAsync(new GetInfoRequest(), cancellationToken: Token));
        Assert.Equal(EngineErrorCode.Unavailable, refused.ToEngineException().Code);
        await import.RequestStream.WriteAsync(
            new ImportImageRequest { Chunk = Google.Protobuf.ByteString.CopyFromUtf8("no archive at all") }, Token);
        await import.RequestStream.CompleteAsync();

        // The engine's own verdict on the archive: the call has run to its end.
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await import.ResponseStream.MoveNext(Token))
            {
            }
        });
        Assert.Equal(EngineErrorReason.InvalidArchive, error.ToEngineException().Reason);
        Assert.Equal(0, await engined.ExitAsync());
    }

    [Fact]
    public async Task A_call_that_does_not_end_is_cut_off_when_its_time_is_over()
    {
        await using var engined = await EnginedProcess.StartAsync(_directory, "--shutdown-timeout", "1");
        using var channel = engined.Connect();
        using var import = new Images.ImagesClient(channel).ImportImage(cancellationToken: Token);
        await import.RequestStream.WriteAsync(new ImportImageRequest { Header = new() { References = { "never" } } }, Token);
        await import.RequestStream.WriteAsync(new ImportImageRequest { Chunk = Google.Protobuf.ByteString.CopyFrom(new byte[512]) }, Token);
        await new Protocol.V1.System.SystemClient(channel).GetInfoAsync(new GetInfoRequest(), cancellationToken: Token);

        engined.Signal(LibC.SIGTERM);

        Assert.Equal(0, await engined.ExitAsync());
    }

    [Fact]
    public async Task Being_told_twice_cuts_off_what_still_runs()
    {
        await using var engined = await EnginedProcess.StartAsync(_directory, "--shutdown-timeout", "-1");
        using var channel = engined.Connect();
        using var import = new Images.ImagesClient(channel).ImportImage(cancellationToken: Token);
        await import.RequestStream.WriteAsync(new ImportImageRequest { Header = new() }, Token);
        await new Protocol.V1.System.SystemClient(channel).GetInfoAsync(new GetInfoRequest(), cancellationToken: Token);

        engined.Signal(LibC.SIGTERM);
        Assert.Equal("STOPPING=1", await engined.NotificationAsync());
        engined.Signal(LibC.SIGTERM);

        Assert.Equal(0, await engined.ExitAsync());
    }

    [Fact]
    public async Task Shutdown_answers_first_and_ends_the_engine_then()
    {
        await using var engined = await EnginedProcess.StartAsync(_directory);
        using var channel = engined.Connect();
        await new Protocol.V1.System.SystemClient(channel).ShutdownAsync(new ShutdownRequest(), cancellationToken: Token);
        Assert.Equal(0, await engined.ExitAsync());
    }

    [Fact]
    public async Task Bad_configuration_ends_it_with_1_and_one_line_a_fault()
    {
        var file = _directory.Write("daemon.json", """{"log-levle": "info", "data-root": "relative"}""");
        await using var engined = EnginedProcess.Launch(_directory, "--config-file", file, "--shutdown-timeout", "x");
        Assert.Equal(1, await engined.ExitAsync());
        var lines = engined.Log.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("engined: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_flag_ends_it_with_2()
    {
        await using var engined = EnginedProcess.Launch(_directory, "--bogus");
        Assert.Equal(2, await engined.ExitAsync());
        Assert.Contains("--bogus", engined.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version", "0.")]
    [InlineData("--help", "--data-root")]
    public async Task Questions_are_answered(string flag, string expected)
    {
        await using var engined = EnginedProcess.Launch(_directory, flag);
        Assert.Equal(0, await engined.ExitAsync());
        Assert.Contains(expected, engined.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validating_starts_nothing()
    {
        var file = _directory.Write("daemon.json", "{}");
        await using var engined = EnginedProcess.Launch(
            _directory, "--validate", "--config-file", file, "--data-root", _directory["data"], "--exec-root", _directory["run"]);
        Assert.Equal(0, await engined.ExitAsync());
        Assert.False(Directory.Exists(_directory["data"]));
    }

    [Fact]
    public async Task The_json_log_has_one_object_a_line()
    {
        await using var engined = await EnginedProcess.StartAsync(_directory, "--log-format", "json");
        engined.Signal(LibC.SIGTERM);
        Assert.Equal(0, await engined.ExitAsync());
        var messages = engined.Log.Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString());
        Assert.Contains(messages, message => message!.StartsWith("Listening on", StringComparison.Ordinal));
    }
}
