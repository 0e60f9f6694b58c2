using Engine.Integration.Tests.Harness;
using Engine.Integration.Tests.Images;

namespace Engine.Integration.Tests.Faults;

/// <summary>SIGKILL of engined while an image is made of a container, or goes out as a file.</summary>
public sealed class KilledCommitTests(OwnEngineFixture fixture) : ImageTest(fixture), IClassFixture<OwnEngineFixture>
{
    private const string Writing =
        "dd if=/dev/urandom of=/big bs=1M count=64 2>/dev/null; echo 0 > /a; echo ready; "
        + "i=0; while :; do i=$((i+1)); echo $i > /t; mv /t /a; done";

    public override async ValueTask DisposeAsync()
    {
        await Engine.EnsureStartedAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(150)]
    [InlineData(600)]
    [InlineData(2000)]
    public async Task A_commit_that_a_kill_cut_off_leaves_nothing_or_all_and_the_container_runs(int delay)
    {
        Container container = await StartReadyAsync(Script(Writing));
        string reference = NewReference();
        Task<ContainerImage> commit = Task.Run(
            () => Images.CommitAsync(new ImageCommit { Container = container.Id, Reference = reference }, Cancel), Cancel);
        await Task.WhenAny(commit, Task.Delay(delay, Cancel));
        await Engine.KillAsync();
        await Task.WhenAny(commit);
        await Engine.StartAsync();
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
        string before = await File.ReadAllTextAsync($"/proc/{container.Pid}/root/a", Cancel);
        await Limit.UntilAsync(
            async () => await File.ReadAllTextAsync($"/proc/{container.Pid}/root/a", Cancel) != before, Limit.Settle,
            () => "The container is frozen.", Cancel);
        await EngineTruth.AssertAsync(Engine, Cancel);
        bool there = (await ListAsync(new ImageFilter { References = [reference] })).Count == 1;
        Assert.True(there || !commit.IsCompletedSuccessfully, "An acknowledged image is gone.");
        await Images.CommitAsync(new ImageCommit { Container = container.Id, Reference = reference }, Cancel);
        Assert.Equal("67108864", (await RunAsync(Script("stat -c %s /big") with { Image = reference })).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_export_that_a_kill_cut_off_leaves_nothing(bool running)
    {
        Container container = await StartReadyAsync(
            Script("dd if=/dev/urandom of=/big bs=1M count=64 2>/dev/null; echo ready; " + (running ? "sleep 1000" : "true")));
        if (!running)
        {
            await WaitAsync(container);
        }

        await using IAsyncEnumerator<ReadOnlyMemory<byte>> files =
            Containers.ExportAsync(container.Id, Cancel).GetAsyncEnumerator(Cancel);
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> image = Images.ExportAsync(
            new ImageExport { Images = [BusyboxImage.Reference] }, null, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await files.MoveNextAsync() && await image.MoveNextAsync());
        await Engine.KillAsync();
        foreach (IAsyncEnumerator<ReadOnlyMemory<byte>> export in new[] { files, image })
        {
            // What is cut off is an error, and never a shorter archive; a small one may have come whole.
            Exception? error = await Record.ExceptionAsync(async () =>
            {
                while (await export.MoveNextAsync())
                {
                }
            });
            Assert.True(error is EngineException || (export == image && error is null), $"It ended with {error}.");
        }

        await Engine.StartAsync();
        await EngineTruth.AssertAsync(Engine, Cancel);
        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        await EngineTruth.AssertAsync(Engine, Cancel);
    }
}
