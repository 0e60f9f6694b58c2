using Engine.Core.Images;

namespace Engine.Core.Tests.Images;

/// <summary>Which images are pruned, and that a dry run tells the truth.</summary>
public sealed class PruneImagesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public PruneImagesTests() => _images = new TestImages(_directory["data"]);

    [Fact]
    public async Task Only_images_without_a_tag_go_unless_all_are_asked_for()
    {
        var old = await _images.ImportLayers("one", "a");
        await _images.ImportLayers("one", "b");
        var pruned = await Prune(new ImagePrune());
        Assert.Equal([old.Id], pruned.Select(item => item.Id));
        Assert.Equal("one:latest", Assert.Single(_images.All.List.Handle(new ImageFilter())).References[0]);
        pruned = await Prune(new ImagePrune { All = true });
        Assert.Equal("one:latest", Assert.Single(pruned).Name);
        _images.AssertEmpty();
    }

    [Fact]
    public async Task A_dry_run_tells_what_the_real_one_does_and_removes_nothing()
    {
        await _images.ImportLayers("one", "shared", "a");
        await _images.ImportLayers("two", "shared", "b");
        await _images.ImportLayers("three", "c");
        _images.All.Tag.Handle("three", "four");
        var before = _images.Content();
        var told = await Prune(new ImagePrune { All = true, DryRun = true });
        Assert.Equal(before, _images.Content());
        var done = await Prune(new ImagePrune { All = true });
        Assert.Equal(told, done);
        Assert.Equal(3, done.Count);
        Assert.All(done, item => Assert.True(item.SpaceReclaimed > 0, $"{item} freed nothing"));
        _images.AssertEmpty();
    }

    [Fact]
    public async Task What_another_image_needs_is_not_counted_as_freed()
    {
        var gone = await _images.ImportLayers("one", "shared", "a");
        await _images.ImportLayers("two", "shared");
        _images.All.Tag.Handle("two", "one");
        var told = Assert.Single(await Prune(new ImagePrune { DryRun = true }));
        Assert.Equal(gone.Id, told.Id);
        var free = Free();
        var done = Assert.Single(await Prune(new ImagePrune()));
        Assert.Equal(told, done);
        Assert.Equal(done.SpaceReclaimed, Free() - free);

        // The bytes of all files that are there, so that more is free the fewer they are.
        long Free() => -((string[])[_images.Directories.Blobs, _images.Directories.Layers])
            .SelectMany(path => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            .Sum(path => new FileInfo(path).Length);
    }

    [Fact]
    public async Task Images_of_containers_stay()
    {
        var image = await _images.ImportLayers("one", "a");
        _images.Users.Set(image.Id, new ImageUser(new string('c', 64), "job", Running: false));
        Assert.Empty(await Prune(new ImagePrune { All = true }));
        using (_images.All.Store.Use("one"))
        {
            _images.Users.Set(image.Id);
            Assert.Empty(await Prune(new ImagePrune { All = true }));
        }

        Assert.Single(await Prune(new ImagePrune { All = true }));
    }

    [Fact]
    public async Task Labels_and_age_choose()
    {
        await _images.ImportLayers("one", "a");
        var all = new ImagePrune { All = true };
        Assert.Empty(await Prune(all with { Labels = ["platform=linux/arm"] }));
        Assert.Empty(await Prune(all with { Labels = ["!platform"] }));
        Assert.Empty(await Prune(all with { Until = DateTimeOffset.MinValue }));
        Assert.Single(await Prune(all with { DryRun = true, Labels = ["platform=linux/amd64", "!keep"] }));
        Assert.Single(await Prune(all with { DryRun = true, Until = DateTimeOffset.MaxValue }));
        var error = Assert.Throws<EngineException>(() => _images.All.Prune.HandleAsync(all with { Labels = ["!"] }, TestContext.Current.CancellationToken));
        Assert.Equal(EngineErrorReason.InvalidFilter, error.Reason);
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private async Task<IReadOnlyList<PrunedItem>> Prune(ImagePrune prune) =>
        await _images.All.Prune.HandleAsync(prune, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
}
