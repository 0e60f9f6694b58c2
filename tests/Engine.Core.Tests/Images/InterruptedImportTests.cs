namespace Engine.Core.Tests.Images;

/// <summary>Imports that end before they are done, and imports that meet.</summary>
public sealed class InterruptedImportTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public InterruptedImportTests() => _images = new TestImages(_directory["data"]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_while_the_archive_comes_leaves_nothing(bool layout)
    {
        var archive = layout ? new LayoutBuilder().Image("big", "linux/amd64", RandomLayer.Tar(8)).ToArchive() : RandomLayer.Tar(8);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var stuck = new StuckStream(archive.AsMemory(0, archive.Length / 2));
        var import = _images.All.Import.HandleAsync(
            stuck, new ImageImport { References = ["big"] }, null, cancel.Token);
        await stuck.Stuck.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => import.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        _images.AssertEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_while_layers_are_unpacked_leaves_nothing(bool layout)
    {
        byte[][] layers = [RandomLayer.Tar(32, 1), RandomLayer.Tar(32, 2), RandomLayer.Tar(32, 3)];
        var archive = layout ? new LayoutBuilder().Image("big", "linux/amd64", layers).ToArchive() : layers[0];
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var progress = new Observer(step =>
        {
            if (step.Activity == "Unpacking" && step.Current > 0)
            {
                cancel.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _images.All.Import.HandleAsync(
            new MemoryStream(archive), new ImageImport { References = ["big"] }, progress, cancel.Token));
        _images.AssertEmpty();
        await _images.All.Import.HandleAsync(
            new MemoryStream(archive), new ImageImport { References = ["big"] }, null, Cancel);
        Consistency.Check(_images);
    }

    [Fact]
    public async Task A_sender_that_fails_half_way_leaves_nothing()
    {
        var archive = RandomLayer.Tar(8);
        await using var broken = new StuckStream(archive.AsMemory(0, archive.Length / 2));
        var import = _images.All.Import.HandleAsync(broken, new ImageImport(), null, Cancel);
        await broken.Stuck.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        broken.Fail(new IOException("The sender is gone."));
        await Assert.ThrowsAsync<IOException>(() => import.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        _images.AssertEmpty();
    }

    [Fact]
    public async Task A_full_disk_is_said_to_be_full_and_the_engine_goes_on()
    {
        Directory.CreateDirectory(_directory["small"]);
        Tool.Run("mount", "-t", "tmpfs", "-o", "size=24m", "none", _directory["small"]);
        try
        {
            using var images = new TestImages(_directory["small"]);
            byte[][] archives =
            [
                // Full while it comes, full while it is unpacked, full by files alone.
                RandomLayer.Tar(40),
                RandomLayer.Tar(14),
                new LayoutBuilder().Image("big", "linux/amd64", RandomLayer.Tar(40)).ToArchive(),
                new LayoutBuilder().Image("big", "linux/amd64", RandomLayer.Tar(6, 1), RandomLayer.Tar(6, 2)).ToArchive(),
            ];
            foreach (var archive in archives)
            {
                var error = await Assert.ThrowsAsync<EngineException>(() => images.All.Import.HandleAsync(
                    new MemoryStream(archive), new ImageImport { References = ["big"] }, null, Cancel));
                Assert.True(
                    (EngineErrorCode.LimitExceeded, EngineErrorReason.DiskFull) == (error.Code, error.Reason), $"Not a full disk: {error}");
                images.AssertEmpty();
            }

            await images.All.Import.HandleAsync(
                new MemoryStream(RandomLayer.Tar(2)), new ImageImport { References = ["small"] }, null, Cancel);
            Consistency.Check(images);
        }
        finally
        {
            Tool.Run("umount", _directory["small"]);
        }
    }

    [Fact]
    public async Task The_same_archive_imported_eight_times_at_once_is_one_image()
    {
        var archive = new LayoutBuilder().Image("same", "linux/amd64", RandomLayer.Tar(4, 1), RandomLayer.Tar(4, 2), RandomLayer.Tar(4, 3)).ToArchive();
        var imports = Enumerable.Range(0, 8).Select(_ => Task.Run(() => _images.All.Import.HandleAsync(
            new MemoryStream(archive), new ImageImport(), null, Cancel), Cancel)).ToList();
        var results = await Task.WhenAll(imports);
        Assert.Single(results.SelectMany(images => images).Select(image => image.Id).Distinct());
        Assert.Equal(3, _images.Count("layers"));
        Consistency.Check(_images);
    }

    [Fact]
    public async Task An_import_goes_on_when_another_of_the_same_layers_is_cancelled()
    {
        var archive = new LayoutBuilder().Image("same", "linux/amd64", RandomLayer.Tar(24)).ToArchive();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var unpacking = new TaskCompletionSource();
        var first = _images.All.Import.HandleAsync(new MemoryStream(archive), new ImageImport(), new Observer(step =>
        {
            if (step.Activity == "Unpacking")
            {
                unpacking.TrySetResult();
            }
        }), cancel.Token);
        await Task.WhenAny(unpacking.Task, first);
        var second = _images.All.Import.HandleAsync(new MemoryStream(archive), new ImageImport(), null, Cancel);
        await cancel.CancelAsync();
        Assert.Single(await second);
        try
        {
            await first;
        }
        catch (OperationCanceledException)
        {
            // Or it was done already.
        }

        Consistency.Check(_images);
    }

    [Fact]
    public async Task Imports_and_removals_at_once_never_leave_the_database_and_the_disk_apart()
    {
        byte[][] archives = [.. Enumerable.Range(0, 4).Select(i => new LayoutBuilder()
            .Image($"image{i}", "linux/amd64", new TarBuilder().File("shared", "1").ToArray(), new TarBuilder().File("own", $"{i % 2}").ToArray()).ToArchive())];
        var workers = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var round = 0; round < 12; round++)
            {
                var which = (worker + round) % archives.Length;
                if ((worker + round) % 3 > 0)
                {
                    await _images.All.Import.HandleAsync(
                        new MemoryStream(archives[which]), new ImageImport(), null, Cancel);
                }
                else
                {
                    try
                    {
                        await _images.All.Remove.HandleAsync($"image{which}", force: true, noPrune: false, platform: null, Cancel);
                    }
                    catch (EngineException error) when (error.Reason == EngineErrorReason.ImageNotFound)
                    {
                        // Somebody else was quicker.
                    }
                }
            }
        }, Cancel));
        await Task.WhenAll(workers);
        Consistency.Check(_images);
        foreach (var image in _images.All.List.Handle(new ImageFilter()))
        {
            using var lease = _images.All.Store.Use(image.Id);
            Assert.All(lease.LowerDirectories, path => Assert.True(Directory.Exists(path), $"{path} is not there."));
        }
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private sealed class Observer(Action<ImageProgress> report) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value) => report(value);
    }
}
