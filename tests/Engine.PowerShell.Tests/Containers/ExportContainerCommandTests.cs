namespace Engine.Commands.Tests;

public sealed class ExportContainerCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-test-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "out.tar");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_container_becomes_a_file()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Exported.AddRange(["first "u8.ToArray(), "second"u8.ToArray()]);
        using var session = new Session(engine.Uri);
        var file = (FileInfo)session.Get($"Get-Container web | Export-Container -Path {Path}").Single().BaseObject;
        Assert.Equal("first second", await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Its_bytes_come_down_the_pipeline_in_the_pieces_that_the_engine_sends()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Exported.AddRange([new byte[] { 1, 2 }, new byte[] { 0, 255 }]);
        using var session = new Session(engine.Uri);
        Assert.Equal(engine.Exported, session.Get("Export-Container web -AsByteStream").Select(o => (byte[])o.BaseObject));
    }

    [Fact]
    public async Task A_slow_pipeline_holds_up_the_engine_and_not_the_memory()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Exported.AddRange(Enumerable.Repeat(new byte[1024 * 1024], 200));
        using var session = new Session(engine.Uri);
        using System.Management.Automation.PowerShell shell = session.Create(
            $"Export-Container web -AsByteStream | ForEach-Object {{ while (-not [IO.File]::Exists('{Path}')) "
                + "{ [Threading.Tasks.Task]::Delay(5).Wait() }; $_.Length }");
        Task<System.Management.Automation.PSDataCollection<System.Management.Automation.PSObject>> running = shell.InvokeAsync();
        await Eventually.True(() => engine.Sent > 0, "nothing was ever sent");
        // As long as it is sent at all: what the connection's windows hold, and a piece or two.
        int sent = 0;
        await Eventually.True(
            () =>
            {
                int before = sent;
                sent = engine.Sent;
                return sent > 100 || sent == before;
            },
            "it never came to a stand",
            TimeSpan.FromMilliseconds(200));
        Assert.InRange(sent, 1, 100);
        await File.WriteAllTextAsync(Path, "", TestContext.Current.CancellationToken);
        Assert.Equal(200, (await running).Count);
    }

    [Fact]
    public async Task One_tar_holds_one_container_and_goes_to_one_place()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web", "db");
        using var session = new Session(engine.Uri);
        Assert.Equal(["OnlyOneAllowed"], session.Run($"Get-Container | Export-Container -Path {Path}").ErrorIds);
        Assert.Equal(["OnlyOneAllowed"], session.Run("Export-Container web").ErrorIds);
        Assert.Equal(["OnlyOneAllowed"], session.Run($"Export-Container web {Path} -AsByteStream").ErrorIds);
        Assert.Equal(["ContainerNotFound"], session.Run($"Export-Container nope {Path}").ErrorIds);
        session.Get($"Export-Container web {Path} -WhatIf");
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public async Task A_tar_that_was_cut_off_is_no_file()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Exported.Add(new byte[1000]);
        engine.ExportFailure = new EngineException(EngineErrorCode.Internal, EngineErrorReason.Internal, "It broke.");
        using var session = new Session(engine.Uri);
        Assert.Equal(["Internal"], session.Run($"Export-Container web {Path}").ErrorIds);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullName));
    }
}
