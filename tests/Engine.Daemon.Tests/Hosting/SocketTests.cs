using System.Globalization;
using System.Net.Sockets;
using Engine.Linux.Files;
using Engine.Protocol;
using Engine.Protocol.V1;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;

namespace Engine.Daemon.Tests.Hosting;

public sealed class SocketTests : IDisposable
{
    // What the kernel reports as the group of the socket must be what was asked for, so a number that nothing else has.
    private const string Group = "54321";

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_socket_belongs_to_the_group_that_was_asked_for()
    {
        NeedsRoot();
        await using var engined = await EnginedProcess.StartAsync(_directory, "--group", Group);
        Assert.Equal(uint.Parse(Group, CultureInfo.InvariantCulture), FileStatus.Read(engined.Socket)!.Value.GroupId);
    }

    [Fact]
    public async Task A_group_that_was_asked_for_must_exist()
    {
        await using var engined = EnginedProcess.Launch(
            _directory, "--data-root", _directory["data"], "--exec-root", _directory["run"], "--group", "no-such-group");
        Assert.Equal(1, await engined.ExitAsync());
        Assert.Contains("group: there is no group \"no-such-group\"", engined.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_of_the_group_may_connect_and_a_stranger_may_not_even_when_the_mode_lets_him()
    {
        NeedsRoot();
        await using var engined = await EnginedProcess.StartAsync(_directory, "--group", Group);
        File.SetUnixFileMode(engined.Socket, (UnixFileMode)0b110_110_110);

        Assert.Equal("answered", await NobodyClient.ConnectAsync(engined.Socket, "--groups", Group));
        Assert.Equal("answered", await NobodyClient.ConnectAsync(engined.Socket, "--groups", string.Join(',', Enumerable.Range(60000, 100).Append(54321))));
        Assert.Equal("refused", await NobodyClient.ConnectAsync(engined.Socket, "--clear-groups"));

        await engined.StopAsync();
        Assert.Contains("user 65534", engined.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_group_the_engine_starts_for_root_alone_and_says_so()
    {
        NeedsRoot();
        Assert.SkipWhen(Engine.Linux.Accounts.GroupDatabase.FindId("engine") is not null, "this host has a group engine");
        await using var engined = await EnginedProcess.StartAsync(_directory);
        File.SetUnixFileMode(engined.Socket, (UnixFileMode)0b110_110_110);
        Assert.Equal("refused", await NobodyClient.ConnectAsync(engined.Socket, "--groups", "0"));
        await engined.StopAsync();
        Assert.Contains("There is no group engine", engined.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_root_and_the_engines_own_user_may_shut_it_down()
    {
        NeedsRoot();
        await using var engined = await EnginedProcess.StartAsync(_directory, "--group", Group);

        var answer = await NobodyClient.CallAsync(engined.Socket, "/engine.v1.System/Shutdown", "--groups", Group);

        Assert.Contains("User 65534 may not do this", answer, StringComparison.Ordinal);
        using var channel = engined.Connect();
        await new Protocol.V1.System.SystemClient(channel).GetInfoAsync(new GetInfoRequest(), cancellationToken: Token);
    }

    [Fact]
    public async Task What_is_no_socket_is_never_replaced()
    {
        var file = _directory.Write("precious", "content");
        await using var engined = EnginedProcess.Launch(
            _directory, "--data-root", _directory["data"], "--exec-root", _directory["run"], "--host", $"unix://{file}");
        Assert.Equal(1, await engined.ExitAsync());
        Assert.Contains("not a socket", engined.Log, StringComparison.Ordinal);
        Assert.Equal("content", await File.ReadAllTextAsync(file, Token));
    }

    [Fact]
    public async Task The_live_socket_of_another_program_is_never_replaced()
    {
        var path = _directory["other.sock"];
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(path));
        other.Listen();
        await using var engined = EnginedProcess.Launch(
            _directory, "--data-root", _directory["data"], "--exec-root", _directory["run"], "--host", $"unix://{path}");
        Assert.Equal(1, await engined.ExitAsync());
        Assert.Contains("another program listens there", engined.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_others_may_write_to_is_no_place_for_a_socket()
    {
        var open = Directory.CreateDirectory(_directory["open"]).FullName;
        File.SetUnixFileMode(open, (UnixFileMode)0b111_111_111);
        await using var engined = EnginedProcess.Launch(
            _directory, "--data-root", _directory["data"], "--exec-root", _directory["run"], "--host", $"unix://{open}/e.sock");
        Assert.Equal(1, await engined.ExitAsync());
        Assert.Contains("could replace the socket", engined.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_cannot_have_all_its_sockets_leaves_none()
    {
        var file = _directory.Write("precious", "content");
        await using var engined = EnginedProcess.Launch(
            _directory, "--data-root", _directory["data"], "--exec-root", _directory["run"],
            "--host", $"unix://{_directory["run"]}/engine.sock", "--host", $"unix://{file}");
        Assert.Equal(1, await engined.ExitAsync());
        Assert.Contains("not a socket", engined.Log, StringComparison.Ordinal);
        Assert.False(File.Exists(engined.Socket), engined.Log);
    }

    [Fact]
    public async Task Several_sockets_lead_to_the_same_engine()
    {
        await using var engined = await EnginedProcess.StartAsync(
            _directory, "--host", $"unix://{_directory["run"]}/engine.sock", "--host", $"unix://{_directory["sub"]}/second.sock");
        Assert.Equal(FileKind.Socket, FileStatus.Read(engined.Socket)!.Value.Kind);
        Assert.Equal(FileKind.Socket, FileStatus.Read(Path.Combine(_directory["sub"], "second.sock"))!.Value.Kind);
    }

    [Fact]
    public async Task Health_and_reflection_are_on()
    {
        await using var engined = await EnginedProcess.StartAsync(_directory);
        using var channel = engined.Connect();
        var health = await new Health.HealthClient(channel).CheckAsync(
            new HealthCheckRequest { Service = "engine.v1.Containers" }, cancellationToken: Token);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);

        using var reflection = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Token);
        await reflection.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Token);
        Assert.True(await reflection.ResponseStream.MoveNext(Token));
        var services = reflection.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
        Assert.Superset(
            new HashSet<string> { "engine.v1.Containers", "engine.v1.Images", "engine.v1.System", "grpc.health.v1.Health" },
            services.ToHashSet());
    }

    [Fact]
    public async Task A_status_carries_reason_and_target()
    {
        await using var engined = await EnginedProcess.StartAsync(_directory);
        using var channel = engined.Connect();
        var error = await Assert.ThrowsAsync<RpcException>(async () => await new Containers.ContainersClient(channel)
            .GetContainerAsync(new GetContainerRequest { Container = "nowhere" }, cancellationToken: Token));
        var engineError = error.ToEngineException();
        Assert.Equal(EngineErrorCode.NotFound, engineError.Code);
        Assert.Equal(EngineErrorReason.ContainerNotFound, engineError.Reason);
        Assert.Equal("nowhere", engineError.Target);
    }

    private static void NeedsRoot() =>
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can act as another user");
}
