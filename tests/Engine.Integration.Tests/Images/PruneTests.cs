using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images;

/// <summary>Pruning and checking, on an engine of its own: what other tests have would be found, too.</summary>
public sealed class PruneTests : OwnEngineTest
{
    [Fact]
    public async Task Unused_images_go_and_a_dry_run_told_so_before()
    {
        await CreateAsync(Config("true"));
        ContainerImage unused = await ImportAsync("unused:1");
        var all = new ImagePrune { All = true };
        List<PrunedItem> told = await PruneAsync(all with { DryRun = true });
        List<PrunedItem> done = await PruneAsync(all);
        Assert.Equal(told, done);
        PrunedItem item = Assert.Single(done);
        Assert.Equal((PrunedKind.Image, unused.Id, "unused:1"), (item.Kind, item.Id, item.Name));
        Assert.True(item.SpaceReclaimed > 0, $"{item} freed nothing.");
        await using var images = Engine.Client.Images.ListAsync(new ImageFilter(), Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await images.MoveNextAsync());
        Assert.Equal(Image.Id, images.Current.Id);
        Assert.False(await images.MoveNextAsync());
    }

    [Fact]
    public async Task A_label_filter_that_is_none_is_refused_before_anything_goes()
    {
        await ImportAsync("kept:1");
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            () => PruneAsync(new ImagePrune { All = true, Labels = ["=value"] }));
        Assert.Equal(EngineErrorReason.InvalidFilter, error.Reason);
        Assert.Equal(2, (await PruneAsync(new ImagePrune { All = true, DryRun = true })).Count);
    }

    [Fact]
    public async Task The_check_tells_how_far_it_is_and_repairs_a_layer_that_no_container_has_mounted()
    {
        ContainerImage image = await ImportAsync("damaged:1");
        Assert.Empty(await CheckAsync(repair: false, out List<StoreCheckProgress> progress));
        Assert.NotEmpty(progress);
        Assert.All(progress, step => Assert.InRange(step.Current, 0, step.Total));

        string layer = Path.Combine(Engine.DataRoot, "layers", image.Layers[0]["sha256:".Length..]);
        await File.WriteAllTextAsync(Path.Combine(layer, "etc", "marker"), "somebody wrote here", Cancel);
        StoreFinding finding = Assert.Single(await CheckAsync(repair: true, out _));
        Assert.Equal((StoreFault.LayerCorrupt, true), (finding.Fault, finding.Repaired));
        Assert.Equal(["damaged:1"], finding.Images);
        Assert.Empty(await CheckAsync(repair: false, out _));
    }

    private async Task<ContainerImage> ImportAsync(string reference)
    {
        using var archive = new MemoryStream(ImageTest.SmallLayer());
        return await ImageArchives.ImportOneAsync(
            Engine.Client, archive, new ImageImport { References = [reference] }, Cancel);
    }

    private async Task<List<PrunedItem>> PruneAsync(ImagePrune prune)
    {
        var items = new List<PrunedItem>();
        await foreach (PrunedItem item in Engine.Client.Images.PruneAsync(prune, Cancel))
        {
            items.Add(item with { Engine = null });
        }

        return items;
    }

    private Task<List<StoreFinding>> CheckAsync(bool repair, out List<StoreCheckProgress> progress)
    {
        var told = new List<StoreCheckProgress>();
        progress = told;
        return RunAsync();

        async Task<List<StoreFinding>> RunAsync()
        {
            var findings = new List<StoreFinding>();
            await foreach (StoreFinding finding in Engine.Client.System.CheckStoreAsync(
                repair, new Recorder(told), Cancel))
            {
                findings.Add(finding);
            }

            return findings;
        }
    }

    private sealed class Recorder(List<StoreCheckProgress> told) : IProgress<StoreCheckProgress>
    {
        public void Report(StoreCheckProgress value) => told.Add(value);
    }
}
