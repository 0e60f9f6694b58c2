using Engine.Integration.Tests.Harness;
using Engine.Integration.Tests.Images;

namespace Engine.Integration.Tests.Faults;

/// <summary>SIGKILL of engined while an image comes in or is named.</summary>
public sealed class KilledImportTests(OwnEngineFixture fixture) : ImageTest(fixture), IClassFixture<OwnEngineFixture>
{
    public override async ValueTask DisposeAsync()
    {
        await Engine.EnsureStartedAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task An_import_that_a_kill_cut_off_leaves_nothing_or_all(int delay)
    {
        var layout = new TestLayout { Name = NewReference() };
        using var layer = new TestLayer();
        for (int i = 0; i < 2000; i++)
        {
            layer.File($"d{i % 50}/f{i}", Guid.NewGuid().ToString());
        }

        layout.Add(BusyboxImage.Archive, "gzip").Add(layer.ToArray(), "gzip").Add(SmallLayer(), "gzip");
        byte[] archive = layout.ToOciArchive();
        string[] before = Layers();
        Task<ContainerImage> import = Task.Run(() => ImportOneAsync(archive), Cancel);
        await Task.WhenAny(import, Task.Delay(delay, Cancel));
        await Engine.KillAsync();
        bool acknowledged = false;
        try
        {
            await import;
            acknowledged = true;
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            // The call broke with the engine.
        }

        await Engine.StartAsync();
        await EngineTruth.AssertAsync(Engine, Cancel);
        bool there = (await ListAsync(new ImageFilter { References = [layout.Name!] })).Count == 1;
        Assert.True(there || !acknowledged, "An acknowledged image is gone.");
        if (!there)
        {
            Assert.Equal(before, Layers());
        }

        // The same archive comes in, whatever was there of it.
        await ImportOneAsync(archive);
        RunResult run =
            await RunAsync(Script("find / -xdev -name 'f*' -path '/d*' | wc -l") with { Image = layout.Name! });
        Assert.Equal("2000", run.Text);
    }

    [Fact]
    public async Task A_tag_that_was_acknowledged_stays_and_one_that_was_not_is_whole_or_absent()
    {
        string acknowledged = NewReference(), cut = NewReference();
        await Images.TagAsync(BusyboxImage.Reference, acknowledged, Cancel);
        Task tag = Task.Run(() => Images.TagAsync(BusyboxImage.Reference, cut, Cancel), Cancel);
        await Engine.KillAsync();
        await Task.WhenAny(tag);
        await Engine.StartAsync();
        Assert.Equal(Image.Id, (await Images.GetAsync(acknowledged, null, Cancel)).Id);
        await Images.TagAsync(BusyboxImage.Reference, cut, Cancel);
        Assert.Equal(Image.Id, (await Images.GetAsync(cut, null, Cancel)).Id);
    }

    private string[] Layers() =>
        [.. Directory.EnumerateFileSystemEntries(Path.Combine(Engine.DataRoot, "layers"))
            .Order(StringComparer.Ordinal)];
}
