using System.Management.Automation;

namespace Engine.Commands.Tests;

public sealed class ExportContainerImageCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-test-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "out.tar");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task All_that_the_pipeline_brings_is_in_one_archive_and_keeps_its_names()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("a:1", "a:2");
        string nameless = engine.AddImage().Id;
        engine.Exported.AddRange(["first "u8.ToArray(), "second"u8.ToArray()]);
        using var session = new Session(engine.Uri);
        session.Get($"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder.FullName}')");
        PSObject file = session.Get(
            "Get-ContainerImage | Export-ContainerImage -Path ./out.tar -Format Oci -Compression Zstd -Platform linux/arm64")
            .Single();
        Assert.Equal(Path, Assert.IsType<FileInfo>(file.BaseObject).FullName);
        Assert.NotNull(file.Properties["PSPath"]);
        Assert.Equal("first second", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
        Assert.Equal(["a:1", "a:2", nameless], engine.Export!.Images);
        Assert.Equal(
            (ImageArchiveFormat.Oci, ArchiveCompression.Zstd, "linux/arm64"),
            (engine.Export.Format, engine.Export.Compression, engine.Export.Platform));
        Assert.Equal([Path], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public async Task Names_and_wildcards_are_images_and_the_path_is_no_pattern()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("busybox:1");
        using var session = new Session(engine.Uri);
        session.Get($"Export-ContainerImage busy*, other '{_folder.FullName}/[a]*.tar'");
        Assert.Equal(["busybox:1", "other"], engine.Export!.Images);
        Assert.True(File.Exists($"{_folder.FullName}/[a]*.tar"));
        Assert.Empty(session.Get($"Export-ContainerImage nothing* {Path}"));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task An_export_that_fails_leaves_the_old_file_and_no_half_one()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Exported.Add(new byte[100_000]);
        engine.ExportFailure = new EngineException(EngineErrorCode.Corrupt, EngineErrorReason.ContentMissing, "A blob is gone.");
        await File.WriteAllTextAsync(Path, "old", TestContext.Current.CancellationToken);
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run($"Export-ContainerImage app {Path}");
        Assert.Equal(["ContentMissing"], result.ErrorIds);
        Assert.Equal("app", result.Errors[0].TargetObject);
        Assert.Empty(result.Output);
        Assert.Equal("old", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
        Assert.Equal([Path], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public async Task What_is_there_is_replaced_but_not_with_no_clobber_nor_when_it_is_protected()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Exported.Add("new"u8.ToArray());
        await File.WriteAllTextAsync(Path, "old", TestContext.Current.CancellationToken);
        using var session = new Session(engine.Uri);
        Assert.Equal(["FileExists"], session.Run($"Export-ContainerImage app {Path} -NoClobber").ErrorIds);
        File.SetAttributes(Path, FileAttributes.ReadOnly);
        Assert.Equal(["FileExists"], session.Run($"Export-ContainerImage app {Path}").ErrorIds);
        Assert.Null(engine.Export);
        session.Get($"Export-ContainerImage app {Path} -Force");
        Assert.Equal("new", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
        Assert.Equal(["FileExists"], session.Run($"Export-ContainerImage app {_folder.FullName}").ErrorIds);
        Assert.Equal(["FileNotFound"], session.Run($"Export-ContainerImage app {Path}.d/x.tar").ErrorIds);
    }

    [Fact]
    public async Task A_link_stays_and_a_device_too()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Exported.Add("new"u8.ToArray());
        string real = System.IO.Path.Combine(_folder.FullName, "real.tar");
        await File.WriteAllTextAsync(real, "old", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path, real);
        using var session = new Session(engine.Uri);
        session.Get($"Export-ContainerImage app {Path}; Export-ContainerImage app /dev/null");
        Assert.Equal("new", await File.ReadAllTextAsync(real, TestContext.Current.CancellationToken));
        Assert.NotNull(new FileInfo(Path).LinkTarget);
        Assert.False(new FileInfo("/dev/null").Length > 0);
    }

    [Fact]
    public async Task Stopping_it_leaves_nothing_behind()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Exported.Add(new byte[100_000]);
        engine.Stall = "Export";
        using var session = new Session(engine.Uri);
        using System.Management.Automation.PowerShell shell = session.Create($"Export-ContainerImage app {Path}");
        Task running = shell.InvokeAsync();
        await Eventually.True(() => engine.Calls.Contains("Export app"), "nothing was ever exported");
        Assert.Single(Directory.GetFiles(_folder.FullName));
        await shell.StopAsync(null, null);
        await Assert.ThrowsAsync<PipelineStoppedException>(() => running);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullName));
        await Eventually.True(() => engine.Cancelled.Contains("Export"), "the export went on");
    }

    [Fact]
    public async Task One_archive_is_not_written_by_two_engines()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        await using FakeEngine other = await FakeEngine.StartAsync();
        using var session = new Session();
        Assert.Equal(
            ["OnlyOneAllowed"], session.Run($"Export-ContainerImage app {Path} -Engine {engine.Uri}, {other.Uri}").ErrorIds);
        Assert.Empty(engine.Calls);
    }
}
