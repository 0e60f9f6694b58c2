using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class NamespaceTests(EngineFixture fixture) : ContainerTest(fixture)
{
    private const string PrintAll = "for n in cgroup ipc mnt net pid uts user; do readlink /proc/self/ns/$n; done";

    [Fact]
    public async Task By_default_all_namespaces_but_the_user_s_are_the_container_s_own()
    {
        string[] own = (await RunAsync(Script(PrintAll))).Text.Split('\n');
        Assert.NotEqual(Host("ipc"), own[1]);
        Assert.NotEqual(Host("mnt"), own[2]);
        Assert.NotEqual(Host("net"), own[3]);
        Assert.NotEqual(Host("pid"), own[4]);
        Assert.NotEqual(Host("uts"), own[5]);
        Assert.Equal(Host("user"), own[6]);
        // Docker's default: private on cgroup v2, the host's on v1.
        Assert.Equal(!Cgroup.IsUnified, own[0] == Host("cgroup"));
    }

    [Fact]
    public async Task The_host_s_namespaces_are_used_when_they_are_asked_for()
    {
        string[] shared = (await RunAsync(Script(PrintAll) with
        {
            IpcMode = "host",
            NetworkMode = "host",
            PidMode = "host",
            UtsMode = "host",
            CgroupNamespaceMode = "host",
        })).Text.Split('\n');
        Assert.Equal(
            [Host("cgroup"), Host("ipc"), Host("net"), Host("pid"), Host("uts")],
            [shared[0], shared[1], shared[3], shared[4], shared[5]]);
    }

    [Fact]
    public async Task A_private_cgroup_namespace_can_be_asked_for()
    {
        string[] own = (await RunAsync(Script(PrintAll) with { CgroupNamespaceMode = "private" })).Text.Split('\n');
        Assert.NotEqual(Host("cgroup"), own[0]);
    }

    [Fact]
    public async Task The_network_none_has_only_the_loopback()
    {
        RunResult run = await RunAsync(
            Script("ls /sys/class/net; ip -o addr show lo; ping -c 1 -W 2 127.0.0.1 >/dev/null && echo pinged"));
        Assert.Equal("lo", run.Lines[0]);
        Assert.Contains("127.0.0.1/8", run.Output, StringComparison.Ordinal);
        Assert.Contains("pinged", run.Lines);
        Assert.Equal("none", run.Container.NetworkMode);
    }

    [Fact]
    public async Task The_host_s_network_is_used_when_it_is_asked_for()
    {
        RunResult run = await RunAsync(Script("ls /sys/class/net; hostname") with { NetworkMode = "host" });
        string[] interfaces =
            [.. Directory.GetFileSystemEntries("/sys/class/net").Select(p => Path.GetFileName(p))
                .Order(StringComparer.Ordinal)];
        Assert.Equal(interfaces, run.Lines[..^1].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_container_can_join_another_s_processes()
    {
        Container first = await StartReadyAsync();
        RunResult run = await RunAsync(
            Script("cat /proc/1/cmdline | tr '\\0' ' '; readlink /proc/self/ns/pid") with
            {
                PidMode = "container:" + first.Name,
            });
        Assert.StartsWith("sh -c trap", run.Text, StringComparison.Ordinal);
        Assert.EndsWith(new FileInfo($"/proc/{first.Pid}/ns/pid").LinkTarget!, run.Text, StringComparison.Ordinal);
        Assert.Equal(ContainerState.Running, await StateOfAsync(first));
    }

    [Fact]
    public async Task A_container_can_join_a_shareable_ipc_namespace_and_its_shm()
    {
        Container first = await StartReadyAsync(
            Script("echo shared >/dev/shm/file; trap 'exit 0' TERM; echo ready; sleep 1000 & wait") with
            {
                IpcMode = "shareable",
            });
        RunResult run = await RunAsync(
            Script("cat /dev/shm/file; readlink /proc/self/ns/ipc") with { IpcMode = "container:" + first.Id });
        Assert.Equal("shared\n" + new FileInfo($"/proc/{first.Pid}/ns/ipc").LinkTarget, run.Text);
    }

    [Fact]
    public async Task A_private_ipc_namespace_is_not_shared()
    {
        Container first = await StartReadyAsync();
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            async () => await RunAsync(Config("true") with { IpcMode = "container:" + first.Name }));
        Assert.Contains(first.Name, error.Message, StringComparison.Ordinal);
        Assert.Contains("shareable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_ipc_there_is_no_shm()
    {
        RunResult run = await RunAsync(Script("grep -c ' /dev/shm ' /proc/self/mountinfo") with { IpcMode = "none" });
        Assert.Equal("0", run.Lines[0]);
    }

    [Fact]
    public async Task Joining_a_container_that_is_not_there_or_does_not_run_is_refused()
    {
        await Assert.ThrowsAsync<EngineException>(
            async () => await RunAsync(Config("true") with { PidMode = "container:nobody-here" }));
        Container idle = await CreateAsync(Config("true"));
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            async () => await RunAsync(Config("true") with { PidMode = "container:" + idle.Name }));
        Assert.Contains(idle.Name, error.Message, StringComparison.Ordinal);
    }

    private static string Host(string kind) => new FileInfo($"/proc/self/ns/{kind}").LinkTarget!;
}
