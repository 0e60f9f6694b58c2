using System.Diagnostics;
using Engine.Integration.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace Engine.Integration.Tests.Faults;

/// <summary>Somebody kills, unmounts and deletes behind the engine's back.</summary>
public sealed class OutsideInterferenceTests(OwnEngineFixture fixture) : ContainerTest(fixture),
IClassFixture<OwnEngineFixture>
{
    public override async ValueTask DisposeAsync()
    {
        await Engine.EnsureStartedAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_first_process_that_somebody_killed_is_an_exit()
    {
        Container container = await StartReadyAsync();
        Task<ContainerExit> wait =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.NotRunning, Cancel);
        Kernel.Kill(container.Pid!.Value, Kernel.SIGKILL);
        Assert.Equal(137, (await wait).ExitCode);
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task A_monitor_that_somebody_killed_does_not_hide_the_container_s_end()
    {
        Container container = await StartReadyAsync();
        Task<ContainerExit> wait =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.NotRunning, Cancel);
        foreach (Process monitor in Process.GetProcessesByName("conmon"))
        {
            string commandLine = File.Exists($"/proc/{monitor.Id}/cmdline")
                ? await File.ReadAllTextAsync($"/proc/{monitor.Id}/cmdline", Cancel) : "";
            if (commandLine.Contains(container.Id, StringComparison.Ordinal))
            {
                Kernel.Kill(monitor.Id, Kernel.SIGKILL);
            }
        }

        Kernel.Kill(container.Pid!.Value, Kernel.SIGKILL);
        await wait;
        Assert.Equal(ContainerState.Exited, await StateOfAsync(container));
        await EngineTruth.AssertAsync(Engine, Cancel);
        await Containers.StartAsync(container.Id, Cancel);
    }

    [Fact]
    public async Task A_container_without_its_monitor_can_still_be_stopped_and_removed()
    {
        Container container = await StartReadyAsync();
        foreach (Process monitor in Process.GetProcessesByName("conmon"))
        {
            string commandLine = File.Exists($"/proc/{monitor.Id}/cmdline")
                ? await File.ReadAllTextAsync($"/proc/{monitor.Id}/cmdline", Cancel) : "";
            if (commandLine.Contains(container.Id, StringComparison.Ordinal))
            {
                Kernel.Kill(monitor.Id, Kernel.SIGKILL);
            }
        }

        await Containers.StopAsync(container.Id, null, TimeSpan.FromSeconds(2), Cancel);
        Assert.False(Kernel.IsAlive(container.Pid));
        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task A_root_file_system_that_somebody_unmounted_can_be_removed()
    {
        Container container = await StartReadyAsync();
        Assert.True(Kernel.Unmount(Path.Combine(Engine.DataRoot, "containers", container.Id, "rootfs")));
        await Containers.StopAsync(container.Id, null, TimeSpan.Zero, Cancel);
        await Containers.StartAsync(container.Id, Cancel);
        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task A_container_whose_directory_somebody_deleted_can_be_removed()
    {
        Container container = (await RunAsync(Config("true"))).Container;
        Directory.Delete(Path.Combine(Engine.DataRoot, "containers", container.Id), recursive: true);
        await Containers.RemoveAsync(container.Id, force: false, Cancel);
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task A_log_that_somebody_deleted_is_empty_and_harms_nobody()
    {
        Container container = await StartReadyAsync();
        File.Delete(Path.Combine(Engine.DataRoot, "containers", container.Id, "output.log"));
        Assert.Equal("", (await LogAsync(container)).Output);
        await Containers.StopAsync(container.Id, null, null, Cancel);
        await Containers.RemoveAsync(container.Id, force: false, Cancel);
    }

    [Fact]
    public async Task A_damaged_row_is_left_alone_and_the_others_are_there()
    {
        Container good = (await RunAsync(Config("true"))).Container;
        Container bad = (await RunAsync(Config("true"))).Container;
        await Engine.KillAsync();
        Execute("UPDATE containers SET document = '{\"id\": 7' WHERE id = $id", bad.Id);
        await Engine.StartAsync();
        Assert.Equal(ContainerState.Exited, await StateOfAsync(good));
        await FailsAsync(EngineErrorReason.ContainerNotFound, () => GetAsync(bad));
        Assert.Contains(bad.Id, await File.ReadAllTextAsync(Engine.LogFile, Cancel), StringComparison.Ordinal);
        Assert.True(
            Directory.Exists(Path.Combine(Engine.DataRoot, "containers", bad.Id)),
            "What belongs to a damaged row was thrown away.");
        // A person decides on it: the row goes, and with it, at the next start, what it owned.
        await Engine.KillAsync();
        Execute("DELETE FROM containers WHERE id = $id", bad.Id);
        await Engine.StartAsync();
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task Garbage_in_the_engine_s_directories_is_cleared_or_left_but_never_fatal()
    {
        await Engine.KillAsync();
        string[] garbage =
        [
            Path.Combine(Engine.DataRoot, "ingest", "half"),
            Path.Combine(Engine.DataRoot, "containers", new string('e', 64)),
            Path.Combine(Engine.ExecRoot, "monitors", new string('e', 64)),
        ];
        foreach (string directory in garbage)
        {
            Directory.CreateDirectory(Path.Combine(directory, "below"));
        }

        await File.WriteAllTextAsync(
            Path.Combine(Engine.ExecRoot, "exits", new string('e', 64)), "not a number", Cancel);
        await Engine.StartAsync();
        await EngineTruth.AssertAsync(Engine, Cancel);
        Assert.All(garbage, directory => Assert.False(Directory.Exists(directory), directory));
    }

    private void Execute(string sql, string id)
    {
        using var connection =
            new SqliteConnection($"Data Source={Path.Combine(Engine.DataRoot, "engine.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", id);
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
