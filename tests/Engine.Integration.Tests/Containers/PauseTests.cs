using System.Text;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class PauseTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task A_paused_container_stands_still_until_it_is_resumed()
    {
        Container container = await StartReadyAsync(
            Script("trap 'echo woke; exit 0' USR1; echo ready; while true; do sleep 1000 & wait; done"));
        await Containers.PauseAsync(container.Id, Cancel);
        Container paused = await GetAsync(container);
        Assert.Equal(ContainerState.Paused, paused.State);
        Assert.EndsWith("(Paused)", paused.Status, StringComparison.Ordinal);
        Assert.Equal(container.Pid, paused.Pid);
        Assert.Equal(
            Cgroup.IsUnified ? "1" : "FROZEN",
            Cgroup.Read(container.Pid!.Value, "freezer", "freezer.state", "cgroup.freeze"));
        Kernel.Kill(container.Pid.Value, 10);
        Assert.Equal("ready\n", (await LogAsync(container)).Output);
        await Containers.ResumeAsync(container.Id, Cancel);
        await WaitAsync(container);
        Assert.Equal("ready\nwoke\n", (await LogAsync(container)).Output);
    }

    [Fact]
    public async Task The_log_of_a_paused_container_can_be_read_and_followed()
    {
        Container container = await StartReadyAsync();
        await Containers.PauseAsync(container.Id, Cancel);
        using var follower = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await foreach (ContainerLogEntry entry in
            await Containers.OpenLogAsync(container.Id, new ContainerLogQuery { Follow = true }, follower.Token))
        {
            Assert.Equal("ready", Encoding.UTF8.GetString(entry.Content.Span));
            break;
        }

        await Containers.ResumeAsync(container.Id, Cancel);
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
    }
}
