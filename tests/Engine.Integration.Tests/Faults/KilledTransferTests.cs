using Engine.Integration.Tests.Harness;
using Engine.Integration.Tests.Images;

namespace Engine.Integration.Tests.Faults;

/// <summary>SIGKILL of engined, and callers that go away, while an image is pulled or pushed.</summary>
public sealed class KilledTransferTests(OwnEngineFixture fixture)
    : RegistryTest(fixture), IClassFixture<OwnEngineFixture>
{
    private const int Layers = 6;

    public override async ValueTask DisposeAsync()
    {
        await Engine.EnsureStartedAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("Waiting")]
    [InlineData("Downloading")]
    [InlineData("Unpacking")]
    [InlineData("Done")]
    public async Task A_pull_that_a_kill_cut_off_leaves_nothing_or_all(string when)
    {
        await FillAsync();
        string[] before = Content();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task pull = PullAsync(new ImagePull { Reference = At("app:1") }, step =>
        {
            if (step.Activity == when)
            {
                reached.TrySetResult();
            }
        });
        await Task.WhenAny(pull, reached.Task);
        await Engine.KillAsync();
        await Task.WhenAny(pull);
        bool acknowledged = pull.IsCompletedSuccessfully;
        await Engine.StartAsync();
        await EngineTruth.AssertAsync(Engine, Cancel);
        bool there = (await ListAsync(new ImageFilter { References = [At("app:1")] })).Count == 1;
        Assert.True(there || !acknowledged, "An acknowledged image is gone.");
        if (!there)
        {
            Assert.Equal(before, Content());
        }

        await PullOneAsync(At("app:1"));
        RunResult run = await RunAsync(Script("cat /etc/marker") with { Image = At("app:1") });
        Assert.Equal("whole", run.Text);
    }

    [Theory]
    [InlineData("Waiting")]
    [InlineData("Pushing")]
    public async Task A_push_that_a_kill_cut_off_is_done_again(string when)
    {
        await FillAsync();
        await PullOneAsync(At("app:1"));
        await Images.TagAsync(At("app:1"), "127.0.0.1:1/nobody:1", Cancel);
        await Images.TagAsync(At("app:1"), At("copy:1"), Cancel);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task push = PushAsync(new ImagePush { Reference = At("copy:1") }, step =>
        {
            if (step.Activity == when)
            {
                reached.TrySetResult();
            }
        });
        await Task.WhenAny(push, reached.Task);
        await Engine.KillAsync();
        await Task.WhenAny(push);
        await Engine.StartAsync();
        await EngineTruth.AssertAsync(Engine, Cancel);
        await PushAsync(new ImagePush { Reference = At("copy:1") });
        Assert.Equal(
            await Skopeo.RawAsync(At("app:1"), Cancel), await Skopeo.RawAsync(At("copy:1"), Cancel));
        await Images.RemoveAsync("127.0.0.1:1/nobody:1", force: true, Cancel);
    }

    [Fact]
    public async Task A_caller_who_goes_away_ends_the_work_in_the_engine()
    {
        await FillAsync();
        string[] before = Content();
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        async Task PullAsync()
        {
            await foreach (ContainerImage _ in Images.PullAsync(
                new ImagePull { Reference = At("app:1") }, new Leaving(leaves), null, leaves.Token))
            {
            }
        }

        Exception? end = await Record.ExceptionAsync(PullAsync);
        if (end is null)
        {
            // It was quicker than the caller.
            return;
        }

        Assert.True(end is OperationCanceledException or EngineException, end.ToString());
        await Limit.UntilAsync(
            () => Directory.EnumerateFileSystemEntries(Path.Combine(Engine.DataRoot, "ingest")).Any() == false,
            Limit.Settle, () => "Half-done work is left.", Cancel);
        await Limit.UntilAsync(
            () => before.SequenceEqual(Content()), Limit.Settle, () => "Something of the pull stays.", Cancel);
    }

    private async Task FillAsync()
    {
        var layout = new TestLayout { Name = "x" };
        layout.Add(BusyboxImage.Archive, "gzip");
        byte[] noise = new byte[2 << 20];
        for (int i = 0; i < Layers; i++)
        {
            Random.Shared.NextBytes(noise);
            using var layer = new TestLayer();
            layer.Directory("noise/").File($"noise/{i}", Convert.ToBase64String(noise));
            for (int file = 0; file < 300; file++)
            {
                layer.File($"noise/{i}-{file}", Guid.NewGuid().ToString());
            }

            layout.Add(layer.ToArray(), "gzip");
        }

        await Skopeo.PushAsync(layout.Add(SmallLayer("whole"), "gzip").ToOciArchive(), At("app:1"), Cancel);
    }

    private string[] Content() =>
    [
        .. ((string[])["layers", "blobs/sha256", "ingest"])
            .SelectMany(name => Directory.EnumerateFileSystemEntries(Path.Combine(Engine.DataRoot, name)))
            .Order(StringComparer.Ordinal),
    ];

    private sealed class Leaving(CancellationTokenSource leaves) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value)
        {
            if (value.Activity is "Downloading" or "Unpacking")
            {
                leaves.Cancel();
            }
        }
    }
}
