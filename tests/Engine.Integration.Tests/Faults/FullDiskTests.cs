using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Faults;

/// <summary>A data root on a small file system that fills up.</summary>
public sealed class FullDiskTests() : OwnEngineTest
{
    private protected override TestEngineOptions Options => new() { TmpfsSize = "24m" };

    private string Ballast => Path.Combine(Engine.DataRoot, "ballast");

    [Fact]
    public async Task Every_verb_says_so_and_works_again_when_there_is_room()
    {
        Container running = await StartReadyAsync();
        Container idle = await CreateAsync(Config("true"));
        Fill();
        await DiskFullAsync(
            () => CreateAsync(Script("true") with { Environment = ["PADDING=" + new string('x', 100_000)] }));
        await DiskFullAsync(async () =>
        {
            using var archive = new MemoryStream(BusyboxImage.Archive);
            await ImageArchives.ImportAsync(
                Engine.Client, archive, new ImageImport { References = ["second:1"] }, Cancel);
        });
        await DiskFullAsync(() => Containers.StartAsync(idle.Id, Cancel));
        // What needs no room works, and what was there is still there.
        Assert.Equal(ContainerState.Running, await StateOfAsync(running));
        Assert.NotNull(await Engine.Client.System.GetInfoAsync(Cancel));
        File.Delete(Ballast);
        RunResult run = await RunAsync(Config("echo", "again"));
        Assert.Equal("again", run.Text);
        Assert.Equal(0, (await RunAsync(idle)).ExitCode);
        await Containers.StopAsync(running.Id, null, null, Cancel);
        Assert.Equal(143, (await GetAsync(running)).ExitCode);
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task A_container_that_fills_the_disk_is_told_and_its_exit_is_recorded()
    {
        RunResult run = await RunAsync(Script("dd if=/dev/zero of=/big bs=1M count=100"));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(ContainerState.Exited, run.Container.State);
        await Containers.RemoveAsync(run.Container.Id, force: false, Cancel);
        Assert.Equal("room", (await RunAsync(Config("echo", "room"))).Text);
    }

    [Fact]
    public async Task A_log_that_fills_the_disk_does_not_hang_the_engine()
    {
        Container container = await StartAsync(
            Script(
                    "yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx | head -n 1000000; "
                        + "echo done; sleep 1000"));
        await Limit.UntilAsync(() => FreeBytes() < 65536, Limit.Call, () => $"{FreeBytes()} bytes are free.", Cancel);
        Assert.NotNull(await Engine.Client.System.GetInfoAsync(Cancel));
        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        Assert.True(FreeBytes() > 1 << 20);
        Assert.Equal("room", (await RunAsync(Config("echo", "room"))).Text);
    }

    [Fact]
    public async Task An_engine_that_was_killed_on_a_full_disk_starts_again()
    {
        Container container = await StartReadyAsync();
        Fill();
        await Engine.KillAsync();
        Kernel.Kill(container.Pid!.Value, Kernel.SIGKILL);
        await Limit.UntilAsync(() => !Kernel.IsAlive(container.Pid), Limit.Settle, () => "", Cancel);
        await Engine.StartAsync();
        Assert.Equal(137, (await GetAsync(container)).ExitCode);
        await Containers.RemoveAsync(container.Id, force: false, Cancel);
        File.Delete(Ballast);
        Assert.Equal("room", (await RunAsync(Config("echo", "room"))).Text);
    }

    private static async Task DiskFullAsync(Func<Task> call)
    {
        EngineException error = await FailsAsync(EngineErrorReason.DiskFull, call);
        Assert.Equal(EngineErrorCode.LimitExceeded, error.Code);
    }

    private long FreeBytes() => new DriveInfo(Engine.DataRoot).AvailableFreeSpace;

    private void Fill()
    {
        byte[] block = new byte[4096];
        using FileStream ballast = File.Create(Ballast, bufferSize: 0);
        try
        {
            while (true)
            {
                ballast.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
