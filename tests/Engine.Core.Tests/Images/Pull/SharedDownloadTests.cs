using System.Collections.Concurrent;
using Engine.Testing.Registry;

namespace Engine.Core.Tests.Images.Pull;

/// <summary>Pulls that meet, and pulls that are given up.</summary>
public sealed class SharedDownloadTests : PullTest
{
    [Fact]
    public async Task Eight_pulls_at_once_download_each_blob_once()
    {
        var image = ServedImage.Add(Registry, "app", "1", RandomLayer.Tar(3, 1), RandomLayer.Tar(3, 2), RandomLayer.Tar(3, 3));
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PullAsync("app:1"), Cancel)));
        Assert.All(results, images => Assert.Equal(image.Config, Assert.Single(images).Id));
        Assert.All(image.Layers.Append(image.Config), digest => Assert.Equal(1, Asked(digest)));
        Consistency.Check(Images);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_download_to_the_others()
    {
        var (image, release) = AddStuck("1");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var first = PullAsync("app:1", cancel: cancel.Token);
        await UntilAsync(() => Asked(image.Layers[0]) == 1, "The layer is not asked for.");
        var steps = new ConcurrentQueue<ImageProgress>();
        var second = PullAsync("app:1", steps);
        await UntilAsync(() => steps.Any(step => step.Activity == "Waiting"), "The second does not wait.");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        release();
        Assert.Equal(image.Config, Assert.Single(await second.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).Id);
        Assert.Equal(1, Asked(image.Layers[0]));
        Consistency.Check(Images);
    }

    [Fact]
    public async Task When_the_last_gives_up_the_download_stops_and_leaves_nothing()
    {
        var (image, release) = AddStuck("1");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var pulls = Enumerable.Range(0, 2).Select(_ => PullAsync("app:1", cancel: cancel.Token)).ToList();
        await UntilAsync(() => Asked(image.Layers[0]) == 1, "The layer is not asked for.");
        await cancel.CancelAsync();
        foreach (var pull in pulls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => pull.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        }

        Images.AssertEmpty();
        release();
        Assert.Single(await PullAsync("app:1"));
        Consistency.Check(Images);
    }

    [Fact]
    public async Task A_failure_is_told_to_all_who_wait()
    {
        var image = ServedImage.Add(Registry, "app", "1", RandomLayer.Tar(2));
        using var gate = new ManualResetEventSlim();
        Registry.On("GET", "/v2/app/blobs/" + image.Layers[0], _ =>
        {
            gate.Wait(Cancel);
            return FaultyAnswer.Error(403, "DENIED", "no");
        });
        var steps = new ConcurrentQueue<ImageProgress>();
        var pulls = Enumerable.Range(0, 3).Select(_ => PullAsync("app:1", steps)).ToList();
        await UntilAsync(() => steps.Count(step => step.Activity == "Waiting") == 3, "Not all of them wait.");
        gate.Set();
        foreach (var pull in pulls)
        {
            await FailsAsync(EngineErrorReason.RegistryDenied, () => pull);
        }

        Images.AssertEmpty();
    }

    [Fact]
    public async Task Another_registrys_failure_is_not_ones_own()
    {
        await using var bad = FaultyRegistry.Start();
        byte[][] layers = [RandomLayer.Tar(2)];
        var image = ServedImage.Add(bad, "app", "1", layers);
        ServedImage.Add(Registry, "app", "1", layers);
        using var gate = new ManualResetEventSlim();
        bad.On("GET", "/v2/app/blobs/" + image.Layers[0], _ =>
        {
            gate.Wait(Cancel);
            return new FaultyAnswer { Body = new byte[Registry.Blob("app", image.Layers[0])!.Length] };
        });
        var failing = PullAsync(new ImagePull { Reference = $"{bad.Host}/app:1" });
        await UntilAsync(
            () => bad.Requests.Any(request => request.Path.EndsWith(image.Layers[0], StringComparison.Ordinal)),
            "The bad registry is not asked.");
        var steps = new ConcurrentQueue<ImageProgress>();
        var good = PullAsync("app:1", steps);
        await UntilAsync(() => steps.Any(step => step.Activity == "Waiting"), "The second does not wait.");
        gate.Set();
        await FailsAsync(EngineErrorReason.DigestMismatch, () => failing);
        Assert.Equal(image.Config, Assert.Single(await good.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).Id);
        Consistency.Check(Images);
    }

    [Fact]
    public async Task A_registry_that_stands_still_keeps_nobody_else_from_unpacking()
    {
        byte[][] layers = [.. Enumerable.Range(1, Environment.ProcessorCount + 2).Select(seed => RandomLayer.Tar(1, seed))];
        var image = ServedImage.Add(Registry, "app", "1", layers);
        foreach (var digest in image.Layers)
        {
            Registry.On(
                "GET", "/v2/app/blobs/" + digest,
                _ => new FaultyAnswer { Body = Registry.Blob("app", digest), StallAfter = 300_000 });
        }

        var options = new EngineOptions
        {
            DataRoot = "",
            ExecRoot = "",
            Registries = new RegistrySettings { MaxConcurrentDownloads = layers.Length },
        };
        using var images = Make("stalled", options, Impatient);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var stuck = PullAsync("app:1", cancel: cancel.Token, images: images);
        await UntilAsync(() => image.Layers.All(digest => Asked(digest) == 1), "Not all layers are asked for.");
        var import = images.All.Import.HandleAsync(
            new MemoryStream(RandomLayer.Tar(1, 100)), new ImageImport(), null, Cancel);
        Assert.Single(await import.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        Consistency.Check(images);
    }

    [Theory]
    [InlineData(2, 32, 2)]
    [InlineData(6, 4, 4)]
    public async Task No_more_blobs_are_downloaded_at_once_than_the_settings_say(int one, int all, int expected)
    {
        byte[][] layers = [.. Enumerable.Range(1, 6).Select(seed => RandomLayer.Tar(1, seed))];
        var image = ServedImage.Add(Registry, "app", "1", layers);
        foreach (var digest in image.Layers)
        {
            Registry.On(
                "GET", "/v2/app/blobs/" + digest,
                _ => new FaultyAnswer { Body = Registry.Blob("app", digest), StallAfter = 10 });
        }

        var options = new EngineOptions
        {
            DataRoot = "",
            ExecRoot = "",
            Registries = new RegistrySettings { MaxConcurrentDownloads = one, MaxTotalDownloads = all },
        };
        using var images = Make("bound", options, Impatient);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var pull = PullAsync("app:1", cancel: cancel.Token, images: images);
        await UntilAsync(() => image.Layers.Sum(Asked) >= expected, "Not enough layers are asked for.");

        // That no more come has no event; a defect shows in this time, and what is right cannot fail by it.
        await Task.Delay(100, Cancel);
        Assert.Equal(expected, image.Layers.Sum(Asked));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        images.AssertEmpty();
    }

    // A layer that stands still in its middle until it is released.
    private (ServedImage Image, Action Release) AddStuck(string tag)
    {
        var layer = RandomLayer.Tar(4);
        var image = ServedImage.Add(Registry, "app", tag, layer);
        var released = new TaskCompletionSource();
        var asked = 0;
        Registry.On("GET", "/v2/app/blobs/" + image.Layers[0], _ =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                released.Task.Wait(Cancel);
            }

            return null;
        });
        return (image, () => released.TrySetResult());
    }
}
