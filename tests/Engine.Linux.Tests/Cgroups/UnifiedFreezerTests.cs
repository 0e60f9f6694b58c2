using System.Text;
using Engine.Linux.Cgroups;
using Engine.Linux.Mounts;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Cgroups;

/// <summary>
/// The protocol with a unified hierarchy, played by plain files: hosts with v1 controllers have no v2 freezer to try.
/// </summary>
public sealed class UnifiedFreezerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Cgroup _group;
    private readonly string _path;

    public UnifiedFreezerTests()
    {
        string mount = $"9 1 0:9 / {_directory.Path} rw - cgroup2 cgroup2 rw\n";
        _group = new Cgroup(CgroupHierarchy.From(MountTable.Parse(Encoding.ASCII.GetBytes(mount)), _ => "cpu memory"), "/engine/c1");
        _path = _directory.Sub("engine/c1");
        Write("cgroup.freeze", "0");
        Write("cgroup.events", "populated 1\nfrozen 0\n");
        Write("cgroup.procs", "");
        Write("memory.events", "low 0\nhigh 0\nmax 4\noom 3\noom_kill 2\noom_group_kill 0\n");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Freezing_waits_for_the_kernels_word()
    {
        Task freezing = Freezer.FreezeAsync(_group, TimeSpan.FromSeconds(30), Token);
        Assert.False(freezing.IsCompleted);
        Assert.Equal("1", Read("cgroup.freeze"));

        Write("cgroup.events", "populated 1\nfrozen 1\n");
        await freezing;

        Assert.True(Freezer.IsFrozen(_group));
        Freezer.Thaw(_group);
        Assert.Equal("0", Read("cgroup.freeze"));
    }

    [Fact]
    public async Task A_group_that_does_not_freeze_in_time_is_thawed_again()
    {
        EngineException failure = await Assert.ThrowsAsync<EngineException>(() => Freezer.FreezeAsync(_group, TimeSpan.FromMilliseconds(20), Token));

        Assert.Equal(EngineErrorCode.Timeout, failure.Code);
        Assert.Equal("0", Read("cgroup.freeze"));
    }

    [Fact]
    public async Task A_cancelled_freeze_is_thawed_again()
    {
        using CancellationTokenSource cancelled = new(TimeSpan.FromMilliseconds(20));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Freezer.FreezeAsync(_group, TimeSpan.FromSeconds(30), cancelled.Token));

        Assert.Equal("0", Read("cgroup.freeze"));
    }

    [Fact]
    public async Task Processes_that_cannot_be_killed_are_told()
    {
        // A number that no process can have: it stays in the list, as an unkillable process would.
        Write("cgroup.procs", "4194305\n");

        EngineException failure = await Assert.ThrowsAsync<EngineException>(() => _group.KillAsync(TimeSpan.FromMilliseconds(20), Token));

        Assert.Equal(EngineErrorReason.StopTimedOut, failure.Reason);
    }

    [Fact]
    public void Kills_for_want_of_memory_are_counted() => Assert.Equal(2, _group.GetOutOfMemoryKills());

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_path, file), text);

    private string Read(string file) => File.ReadAllText(Path.Combine(_path, file));
}
