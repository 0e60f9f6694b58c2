using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class BindMountTests(EngineFixture fixture) : ContainerTest(fixture)
{
    private readonly string _source = Directory.CreateTempSubdirectory("et-src-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        while (Kernel.Unmount(Path.Combine(_source, "sub")) || Kernel.Unmount(_source))
        {
        }

        Directory.Delete(_source, recursive: true);
    }

    [Fact]
    public async Task A_directory_of_the_host_is_shared_both_ways()
    {
        await File.WriteAllTextAsync(Path.Combine(_source, "in"), "from host", Cancel);
        RunResult run =
            await RunAsync(Script("cat /x/in; echo from container >/x/out") with { Mounts = [Bind(_source, "/x")] });
        Assert.Equal("from host", run.Text);
        Assert.Equal("from container\n", await File.ReadAllTextAsync(Path.Combine(_source, "out"), Cancel));
    }

    [Fact]
    public async Task A_file_is_mounted_on_a_file_that_is_made_for_it()
    {
        string file = Path.Combine(_source, "file");
        await File.WriteAllTextAsync(file, "content", Cancel);
        RunResult run = await RunAsync(
            Script("cat /new/place/file; cat /etc/data") with
            {
                Mounts = [Bind(file, "/new/place/file"), Bind(file, "/etc/data")],
            });
        Assert.Equal("contentcontent", run.Text);
    }

    [Fact]
    public async Task A_read_only_bind_mount_refuses_writes_also_below_mounts_in_it()
    {
        MountBelow();
        RunResult run = await RunAsync(Script("touch /x/a || echo refused; touch /x/sub/a || echo refused below") with
        {
            Mounts = [Bind(_source, "/x") with { ReadOnly = true }],
        });
        Assert.Equal("refused\nrefused below", run.Text);
    }

    [Fact]
    public async Task A_bind_mount_that_is_not_recursive_leaves_mounts_below_out()
    {
        MountBelow();
        RunResult with = await RunAsync(Script("ls /x/sub") with { Mounts = [Bind(_source, "/x")] });
        RunResult without =
            await RunAsync(Script("ls /x/sub") with { Mounts = [Bind(_source, "/x") with { NonRecursive = true }] });
        Assert.Equal(("below", ""), (with.Text, without.Text));
    }

    [Fact]
    public async Task A_missing_source_is_made_when_that_is_asked_for()
    {
        string missing = Path.Combine(_source, "a", "b");
        RunResult run =
            await RunAsync(Script("touch /x/f") with { Mounts = [Bind(missing, "/x") with { CreateSource = true }] });
        Assert.Equal("", run.Text);
        Assert.True(File.Exists(Path.Combine(missing, "f")));
    }

    [Theory]
    [InlineData(MountPropagation.RecursivePrivate, "")]
    [InlineData(MountPropagation.Private, "")]
    [InlineData(MountPropagation.RecursiveSlave, "below")]
    [InlineData(MountPropagation.RecursiveShared, "below")]
    public async Task Mounts_of_the_host_appear_as_the_propagation_says(MountPropagation propagation, string expected)
    {
        Kernel.BindMount(_source, _source);
        Kernel.SetPropagation(_source, shared: true);
        Directory.CreateDirectory(Path.Combine(_source, "sub"));
        Container container = await StartReadyAsync(
            Script("trap 'ls /x/sub; exit' USR1; echo ready; while true; do sleep 1000 & wait; done") with
            {
                Mounts = [Bind(_source, "/x") with { Propagation = propagation }],
            });
        MountBelow();
        await Containers.SignalAsync(container.Id, "USR1", Cancel);
        await WaitAsync(container);
        Assert.Equal("ready\n" + (expected == "" ? "" : expected + "\n"), (await LogAsync(container)).Output);
    }

    [Fact]
    public async Task A_link_in_the_image_does_not_lead_a_mount_out_of_the_container()
    {
        string outside = Path.Combine(_source, "outside");
        Directory.CreateDirectory(outside);
        RunResult first = await RunAsync(Script($"rm -rf /srv; ln -s {outside} /srv"));
        Assert.Equal(0, first.ExitCode);
        // The same container again, now with the link where the mount goes.
        Container container = await CreateAsync(
            Script($"ln -s ../../../../../../..{outside} /link; echo linked") with
            {
                Mounts = [Bind(_source, "/link/deep")],
            });
        RunResult run = await RunAsync(container);
        Assert.False(Directory.Exists(Path.Combine(outside, "deep")), "The runtime made a mount point on the host.");
        Assert.True(run.ExitCode is 0 or 1);
    }

    [Fact]
    public async Task A_bind_mount_of_the_engine_s_own_files_is_not_special()
    {
        RunResult run = await RunAsync(Script("ls /x | head -1 | wc -l") with { Mounts = [Bind("/proc", "/x")] });
        Assert.Equal("1", run.Text);
    }

    private static ContainerMount Bind(string source, string target) =>
        new() { Type = ContainerMountType.Bind, Source = source, Target = target };

    private void MountBelow()
    {
        string below = Path.Combine(_source, "sub");
        Directory.CreateDirectory(below);
        Kernel.MountTmpfs(below, "size=1m");
        File.WriteAllText(Path.Combine(below, "below"), "");
    }
}
