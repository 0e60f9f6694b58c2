using System.Security.Cryptography;
using Engine.Core.Images;

namespace Engine.Core.Tests.Images;

/// <summary>Every kind of damage is found, told with the images that it harms, and put right where that can be done.</summary>
public sealed class CheckStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public CheckStoreTests() => _images = new TestImages(_directory["data"]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_store_has_no_findings_and_the_check_leaves_nothing()
    {
        await _images.ImportLayers("one", "a", "b");
        await _images.ImportLayers("two", "a", "c");
        var before = _images.Content();
        Assert.Empty(await Check(repair: false));
        Assert.Empty(await Check(repair: true));
        Assert.Equal(before, _images.Content());
        Consistency.Check(_images);
    }

    [Fact]
    public async Task A_damaged_blob_is_found_with_the_images_that_need_it_and_taken_away()
    {
        await _images.ImportLayers("one", "a");
        await _images.ImportLayers("two", "a", "b");
        var blob = LayerBlob("a");
        Damage(blob);
        var finding = Assert.Single(await Check(repair: false));
        Assert.Equal((StoreFault.BlobCorrupt, false), (finding.Fault, finding.Repaired));
        Assert.Equal("sha256:" + Path.GetFileName(blob), finding.Target);
        Assert.Equal(["one:latest", "two:latest"], finding.Images.Order(StringComparer.Ordinal));
        Assert.True(File.Exists(blob));

        Assert.Equal(StoreFault.BlobCorrupt, Assert.Single(await Check(repair: true)).Fault);
        Assert.False(File.Exists(blob));
        Assert.Equal(StoreFault.BlobMissing, Assert.Single(await Check(repair: true)).Fault);

        // Its images run as before, and importing it again brings it back.
        await _images.ImportLayers("one", "a");
        Assert.Empty(await Check(repair: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_configuration_is_written_again_from_the_database(bool missing)
    {
        var image = await _images.ImportLayers("one", "a");
        var blob = Path.Combine(_images.Directories.Blobs, image.Id["sha256:".Length..]);
        if (missing)
        {
            File.Delete(blob);
        }
        else
        {
            Damage(blob);
        }

        Assert.False(Assert.Single(await Check(repair: false)).Repaired);
        Assert.True(Assert.Single(await Check(repair: true)).Repaired);
        Assert.Equal(image.Id["sha256:".Length..], Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(blob, Cancel))));
        Assert.Empty(await Check(repair: false));
    }

    [Fact]
    public async Task A_damaged_record_is_restored_from_its_blob_or_its_image_removed()
    {
        var image = await _images.ImportLayers("one", "a");
        await _images.ImportLayers("two", "a");
        _images.Execute($"UPDATE images SET config = X'7B' WHERE id = '{image.Id}'");
        var finding = Assert.Single(await Check(repair: true));
        Assert.Equal((StoreFault.RecordCorrupt, image.Id, true), (finding.Fault, finding.Target, finding.Repaired));
        Assert.Equal(image.Id, _images.All.Get.Handle("two").Id);

        _images.Execute($"UPDATE images SET config = X'7B' WHERE id = '{image.Id}'");
        File.Delete(Path.Combine(_images.Directories.Blobs, image.Id["sha256:".Length..]));
        _images.Users.Set(image.Id, new ImageUser(new string('c', 64), "job", Running: false));
        finding = (await Check(repair: true)).First(found => found.Fault == StoreFault.RecordCorrupt);
        Assert.False(finding.Repaired);
        Assert.Contains("'job'", finding.Message, StringComparison.Ordinal);

        _images.Users.Set(image.Id);
        Assert.True((await Check(repair: true)).First(found => found.Fault == StoreFault.RecordCorrupt).Repaired);
        Assert.Empty(await Check(repair: false));
        _images.AssertEmpty();
    }

    [Theory]
    [InlineData("printf other > $f", "other content")]
    [InlineData("truncate -s 0 $f", "length")]
    [InlineData("chmod 4777 $f", "mode")]
    [InlineData("chown 7:7 $f", "owner")]
    [InlineData("setfattr -n user.x -v y $f", "extended attributes")]
    [InlineData("rm $f", "missing")]
    [InlineData("rm $f; mkdir $f", "type")]
    [InlineData("touch $f-new", "should not be there")]
    [InlineData("ln $f $f-link", "links")]
    public async Task Any_change_to_a_layers_files_is_found_and_undone(string change, string difference)
    {
        var image = await _images.ImportLayers("one", "x-base", "x-top");
        string file;
        using (var lease = _images.All.Store.Use("one"))
        {
            file = Path.Combine(lease.LowerDirectories[0], "file-x-top");
        }

        var modified = File.GetLastWriteTimeUtc(file);
        Tool.Shell($"f={file}; {change}");
        if (File.Exists(file))
        {
            // The change itself must be seen, not only that the time is another one.
            File.SetLastWriteTimeUtc(file, modified);
        }

        var finding = Assert.Single(await Check(repair: false));
        Assert.Equal((StoreFault.LayerCorrupt, false), (finding.Fault, finding.Repaired));
        Assert.Contains("file-x-top", finding.Message, StringComparison.Ordinal);
        Assert.Contains(difference, finding.Message, StringComparison.Ordinal);
        Assert.Equal(["one:latest"], finding.Images);

        // Not below the feet of a running container.
        _images.Users.Set(image.Id, new ImageUser(new string('c', 64), "web", Running: true));
        finding = Assert.Single(await Check(repair: true));
        Assert.False(finding.Repaired);
        Assert.Contains("'web'", finding.Message, StringComparison.Ordinal);

        _images.Users.Set(image.Id);
        Assert.True(Assert.Single(await Check(repair: true)).Repaired);
        Assert.Equal("x-top", await File.ReadAllTextAsync(file, Cancel));
        Assert.Empty(await Check(repair: false));
        Consistency.Check(_images);
    }

    [Fact]
    public async Task A_layer_that_is_gone_is_unpacked_again()
    {
        await _images.ImportLayers("one", "a", "b");
        using (var lease = _images.All.Store.Use("one"))
        {
            Directory.Delete(lease.LowerDirectories[1], recursive: true);
        }

        Assert.Equal(StoreFault.LayerMissing, (await Check(repair: false))[0].Fault);
        var findings = await Check(repair: true);
        Assert.True(Assert.Single(findings).Repaired);
        Assert.Empty(await Check(repair: false));
        Consistency.Check(_images);
    }

    [Fact]
    public async Task What_belongs_to_nobody_is_found_and_removed()
    {
        await _images.ImportLayers("one", "a");
        await File.WriteAllTextAsync(Path.Combine(_images.Directories.Blobs, new string('0', 64)), "stray", Cancel);
        await File.WriteAllTextAsync(Path.Combine(_images.Directories.Blobs, "notes.txt"), "stray", Cancel);
        Directory.CreateDirectory(Path.Combine(_images.Directories.Layers, new string('1', 64), "below"));
        var found = await Check(repair: false);
        Assert.Equal(3, found.Count);
        Assert.All(found, finding => Assert.Equal((StoreFault.Unreferenced, false), (finding.Fault, finding.Repaired)));
        Assert.All(await Check(repair: true), finding => Assert.True(finding.Repaired, finding.Message));
        Assert.Empty(await Check(repair: false));
        Consistency.Check(_images);
    }

    [Fact]
    public async Task Images_come_and_go_while_the_store_is_checked()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var churn = Task.Run(
            async () =>
            {
                for (var round = 0; !stop.IsCancellationRequested; round++)
                {
                    await _images.ImportLayers("churn", "a", $"{round}");
                    await _images.All.Remove.HandleAsync("churn", true, false, null, Cancel);
                }
            },
            Cancel);
        for (var round = 0; round < 20; round++)
        {
            Assert.Empty(await Check(repair: true));
        }

        await stop.CancelAsync();
        await churn;
        await _images.All.Prune.HandleAsync(new ImagePrune { All = true }, Cancel).ToListAsync(Cancel);
        _images.AssertEmpty();
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private async Task<IReadOnlyList<StoreFinding>> Check(bool repair) =>
        await _images.All.Check.HandleAsync(repair, Cancel).Select(step => step.Finding).OfType<StoreFinding>()
            .ToListAsync(Cancel);

    /// <summary>The blob that holds a layer of one file: an uncompressed tar, in which its content shows.</summary>
    private string LayerBlob(string content) => Directory.EnumerateFiles(_images.Directories.Blobs)
        .Single(path => File.ReadAllText(path).Contains("file-" + content + '\0', StringComparison.Ordinal));

    private static void Damage(string path)
    {
        using var file = File.OpenWrite(path);
        file.Seek(-1, SeekOrigin.End);
        file.WriteByte((byte)'!');
    }
}
