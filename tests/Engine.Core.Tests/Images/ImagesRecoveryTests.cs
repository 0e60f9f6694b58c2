using Engine.Linux.Mounts;

namespace Engine.Core.Tests.Images;

/// <summary>What an engine that was killed leaves behind, and what the next one makes of it.</summary>
public sealed class ImagesRecoveryTests : IDisposable
{
    private const string Hex = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public ImagesRecoveryTests() => _images = new TestImages(_directory["data"]);

    [Fact]
    public async Task Half_done_work_is_undone_and_whole_images_stay()
    {
        var image = await Import("kept", "content");
        var before = _images.Content();

        // Killed while a blob came, while a layer was unpacked, before it had its name, after it had it, before its
        // image had rows.
        File.WriteAllText(Path.Combine(_images.Directories.Ingest, "half"), "half a blob");
        Directory.CreateDirectory(Path.Combine(_images.Directories.Ingest, "tree", "below"));
        Tool.Run("mknod", Path.Combine(_images.Directories.Ingest, "tree", "null"), "c", "0", "0");
        _images.Execute($"INSERT INTO layers VALUES ('sha256:{Hex}', 'sha256:{Hex}', 'unpacking', 0)");
        Directory.CreateDirectory(Path.Combine(_images.Directories.Layers, Hex));
        var complete = Hex.Replace('a', 'b');
        _images.Execute($"INSERT INTO layers VALUES ('sha256:{complete}', 'sha256:{complete}', 'complete', 1)");
        Directory.CreateDirectory(Path.Combine(_images.Directories.Layers, complete, "etc"));
        Directory.CreateDirectory(Path.Combine(_images.Directories.Layers, Hex.Replace('a', 'c')));
        File.WriteAllText(Path.Combine(_images.Directories.Layers, "stray"), "");
        File.WriteAllText(Path.Combine(_images.Directories.Blobs, Hex), "a blob of nobody's");

        await _images.All.Recovery.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before, _images.Content());
        Consistency.Check(_images);
        Assert.Equal(image.Id, _images.All.Get.Handle("kept").Id);
    }

    [Fact]
    public async Task A_view_of_files_that_was_being_mounted_is_unmounted()
    {
        var before = _images.Content();
        var place = Path.Combine(_images.Directories.Ingest, "view");
        foreach (var path in (string[])[place, _directory["one"], _directory["two"]])
        {
            Directory.CreateDirectory(path);
        }

        File.WriteAllText(Path.Combine(_directory["one"], "kept"), "content");
        OverlayMount.Attach(new OverlayOptions { Lower = [_directory["one"], _directory["two"]], Target = place });
        await _images.All.Recovery.RunAsync(TestContext.Current.CancellationToken);
        Assert.False(MountPoint.IsMounted(place));
        Assert.Equal(before, _images.Content());
        Assert.Equal("content", File.ReadAllText(Path.Combine(_directory["one"], "kept")));
    }

    [Fact]
    public async Task An_image_whose_layer_is_gone_from_the_disk_is_forgotten()
    {
        await Import("lost", "one");
        var kept = await Import("kept", "two");
        using (var lease = _images.All.Store.Use("lost"))
        {
            Directory.Delete(lease.LowerDirectories[0], recursive: true);
        }

        await _images.All.Recovery.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal([kept.Id], _images.All.List.Handle(new ImageFilter()).Select(image => image.Id));
        Consistency.Check(_images);
        await Import("lost", "one");
        Consistency.Check(_images);
    }

    [Fact]
    public async Task An_image_that_was_removed_while_a_container_used_it_goes_when_the_container_has_gone_meanwhile()
    {
        var image = await Import("used", "one");
        _images.Users.Set(image.Id, new Core.Images.ImageUser("c", "c", Running: false));
        await _images.All.Remove.HandleAsync("used", force: true, noPrune: false, platform: null, TestContext.Current.CancellationToken);
        await _images.All.Recovery.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, _images.Count("images"));
        _images.Users.Set(image.Id);
        await _images.All.Recovery.RunAsync(TestContext.Current.CancellationToken);
        _images.AssertEmpty();
    }

    [Fact]
    public async Task A_missing_blob_is_no_reason_to_lose_an_image_that_runs()
    {
        var image = await Import("kept", "one");
        foreach (var blob in Directory.EnumerateFiles(_images.Directories.Blobs))
        {
            File.Delete(blob);
        }

        await _images.All.Recovery.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(image.Id, _images.All.Get.Handle("kept").Id);
        await _images.All.Remove.HandleAsync("kept", force: false, noPrune: false, platform: null, TestContext.Current.CancellationToken);
        _images.AssertEmpty();
    }

    [Fact]
    public async Task An_image_whose_record_is_damaged_is_left_out_of_lists_and_does_not_stop_the_engine()
    {
        var damaged = await Import("damaged", "one");
        var kept = await Import("kept", "two");
        _images.Execute($"UPDATE images SET config = x'00' WHERE id = '{damaged.Id}'");
        await _images.All.Recovery.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal([kept.Id], _images.All.List.Handle(new ImageFilter()).Select(image => image.Id));
        Assert.Throws<EngineException>(() => _images.All.Get.Handle("damaged"));
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private async Task<ContainerImage> Import(string name, string content) =>
        Assert.Single(await _images.All.Import.HandleAsync(
        new MemoryStream(new LayoutBuilder().Image(name, "linux/amd64", new TarBuilder().File("file", content).ToArray()).ToArchive()),
        new ImageImport(), null, TestContext.Current.CancellationToken));
}
