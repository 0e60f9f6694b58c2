using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class RemoveTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task A_removed_container_is_gone_with_all_that_it_wrote()
    {
        RunResult run = await RunAsync(Script("dd if=/dev/zero of=/big bs=1M count=4"));
        await Containers.RemoveAsync(run.Container.Id, force: false, Cancel);
        await FailsAsync(EngineErrorReason.ContainerNotFound, () => GetAsync(run.Container));
        Assert.False(Directory.Exists(Path.Combine(Engine.DataRoot, "containers", run.Container.Id)));
        await FailsAsync(
            EngineErrorReason.ContainerNotFound, () => Containers.RemoveAsync(run.Container.Id, force: true, Cancel));
    }

    [Fact]
    public async Task A_running_container_is_removed_by_force_only()
    {
        Container container = await StartReadyAsync();
        EngineException error = await FailsAsync(
            EngineErrorReason.ContainerRunning, () => Containers.RemoveAsync(container.Id, force: false, Cancel));
        Assert.Equal(EngineErrorCode.Conflict, error.Code);
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        Assert.False(Kernel.IsAlive(container.Pid));
        await FailsAsync(EngineErrorReason.ContainerNotFound, () => GetAsync(container));
    }

    [Fact]
    public async Task A_paused_container_is_removed_by_force_only()
    {
        Container container = await StartReadyAsync();
        await Containers.PauseAsync(container.Id, Cancel);
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            () => Containers.RemoveAsync(container.Id, force: false, Cancel));
        Assert.Equal(EngineErrorCode.Conflict, error.Code);
        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        await FailsAsync(EngineErrorReason.ContainerNotFound, () => GetAsync(container));
    }

    [Fact]
    public async Task A_container_that_removes_itself_is_gone_after_its_exit()
    {
        Container container = await CreateAsync(Script("exit 3") with { AutoRemove = true });
        Task<ContainerExit> removed =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.Removed, Cancel);
        await Containers.StartAsync(container.Id, Cancel);
        Assert.Equal(3, (await removed).ExitCode);
        await FailsAsync(EngineErrorReason.ContainerNotFound, () => GetAsync(container));
    }

    [Fact]
    public async Task Files_that_may_not_be_deleted_do_not_stop_a_removal()
    {
        // A tree without permissions, and a file name that is no UTF-8.
        RunResult run = await RunAsync(
            Script("mkdir -p /a/b/c; touch /a/b/c/f \"/a/$(printf '\\377')\"; chmod 0 /a/b /a; ln -s / /a-root"));
        Assert.Equal(0, run.ExitCode);
        await Containers.RemoveAsync(run.Container.Id, force: false, Cancel);
        Assert.True(Directory.Exists("/etc"));
    }

    [Fact]
    public async Task A_removal_does_not_follow_a_bind_mount()
    {
        string source = Directory.CreateTempSubdirectory("et-src-").FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "precious"), "kept", Cancel);
        try
        {
            Container container = await StartReadyAsync(Sleeper() with
            {
                Mounts = [new() { Type = ContainerMountType.Bind, Source = source, Target = "/x" }],
            });
            await Containers.RemoveAsync(container.Id, force: true, Cancel);
            Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(source, "precious"), Cancel));
        }
        finally
        {
            Directory.Delete(source, recursive: true);
        }
    }
}
