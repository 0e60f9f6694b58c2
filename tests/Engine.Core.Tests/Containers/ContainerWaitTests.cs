using Engine.Core.Containers;
using Engine.Core.Containers.Records;

namespace Engine.Core.Tests.Containers;

public sealed class ContainerWaitTests
{
    private static readonly ContainerRecord s_created = new()
    {
        Id = new string('a', 64),
        Name = "test",
        Image = "busybox",
        ImageId = "sha256:0",
        Layers = [],
        Configuration = new ContainerConfiguration { Image = "busybox" },
        CreatedAt = default,
    };

    private static readonly ContainerRecord s_running = s_created with { State = ContainerState.Running };
    private static readonly ContainerRecord s_exited = s_created with { State = ContainerState.Exited, ExitCode = 3 };

    [Theory]
    [InlineData(ContainerWaitCondition.NotRunning, true)]
    [InlineData(ContainerWaitCondition.NextExit, false)]
    [InlineData(ContainerWaitCondition.Running, false)]
    [InlineData(ContainerWaitCondition.Removed, false)]
    public void A_container_that_does_not_run_ends_only_a_wait_for_that(ContainerWaitCondition condition, bool isOver)
    {
        using var entry = new ContainerEntry(s_created);
        Assert.Equal(isOver, Completion(entry.Wait(condition)).IsCompleted);
    }

    [Fact]
    public async Task The_next_exit_of_a_created_container_is_that_of_the_run_to_come()
    {
        using var entry = new ContainerEntry(s_created);
        var wait = entry.Wait(ContainerWaitCondition.NextExit);
        entry.Replace(s_running);
        Assert.False(Completion(wait).IsCompleted);
        entry.Replace(s_exited);
        Assert.Equal(3, (await Completion(wait)).ExitCode);
    }

    [Fact]
    public async Task A_pause_is_no_exit()
    {
        using var entry = new ContainerEntry(s_running);
        var wait = entry.Wait(ContainerWaitCondition.NextExit);
        entry.Replace(s_running with { State = ContainerState.Paused });
        Assert.False(Completion(wait).IsCompleted);
        entry.Replace(s_exited);
        Assert.Equal(3, (await Completion(wait)).ExitCode);
    }

    [Fact]
    public async Task An_exit_that_is_followed_by_the_removal_tells_its_code()
    {
        using var entry = new ContainerEntry(s_running);
        var wait = entry.Wait(ContainerWaitCondition.Removed);
        entry.Replace(s_exited);
        Assert.False(Completion(wait).IsCompleted);
        entry.MarkRemoved();
        Assert.Equal(3, (await Completion(wait)).ExitCode);
    }

    [Theory]
    [InlineData(ContainerWaitCondition.NextExit)]
    [InlineData(ContainerWaitCondition.Running)]
    public async Task What_can_no_longer_happen_is_an_error(ContainerWaitCondition condition)
    {
        using var entry = new ContainerEntry(s_created);
        var wait = entry.Wait(condition);
        entry.MarkRemoved();
        var error = await Assert.ThrowsAsync<EngineException>(() => Completion(wait));
        Assert.Equal(EngineErrorReason.ContainerNotFound, error.Reason);
    }

    [Fact]
    public async Task A_removed_container_cannot_be_locked()
    {
        using var entry = new ContainerEntry(s_created);
        entry.MarkRemoved();
        Assert.Null(await entry.TryLockAsync());
        await Assert.ThrowsAsync<EngineException>(() => entry.LockAsync(TestContext.Current.CancellationToken));
    }

    private static Task<ContainerExit> Completion(ContainerWait wait) =>
        wait.Completion(TestContext.Current.CancellationToken);
}
