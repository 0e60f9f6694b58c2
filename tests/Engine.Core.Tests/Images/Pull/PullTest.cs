using System.Collections.Concurrent;
using Engine.Oci.Distribution;
using Engine.Testing.Registry;

namespace Engine.Core.Tests.Images.Pull;

/// <summary>A test that pulls from a registry which does as the test wants.</summary>
public abstract class PullTest : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Retries that take no time, and no patience with what stands still.</summary>
    private protected static RegistryOptions Impatient { get; } = new()
    {
        RetryDelay = new RetryDelay
        {
            First = TimeSpan.FromMilliseconds(1),
            Longest = TimeSpan.FromMilliseconds(5),
            LongestAsked = TimeSpan.FromMilliseconds(5),
        },
        MaxAttempts = 3,
    };

    private protected FaultyRegistry Registry { get; } = FaultyRegistry.Start();

    private protected TestImages Images { get; private set; } = null!;

    public ValueTask InitializeAsync()
    {
        Images = Make("data", null, Impatient);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Images.Dispose();
        await Registry.DisposeAsync();
        _directory.Dispose();
    }

    private protected string Path(string name) => _directory[name];

    private protected TestImages Make(string name, EngineOptions? options, RegistryOptions registries) =>
        new(_directory[name], options, registries: registries);

    /// <summary>A reference at the registry.</summary>
    private protected string At(string name) => $"{Registry.Host}/{name}";

    private protected Task<IReadOnlyList<ContainerImage>> PullAsync(
        string name, ConcurrentQueue<ImageProgress>? steps = null, CancellationToken? cancel = null,
        TestImages? images = null) => PullAsync(new ImagePull { Reference = At(name) }, steps, cancel, images);

    private protected async Task<IReadOnlyList<ContainerImage>> PullAsync(
        ImagePull pull, ConcurrentQueue<ImageProgress>? steps = null, CancellationToken? cancel = null,
        TestImages? images = null) => await (images ?? Images).All.Pull.HandleAsync(
            pull, steps is null ? null : new Noted(steps), null, cancel ?? Cancel);

    private protected static async Task<EngineException> FailsAsync(string reason, Func<Task> pull)
    {
        var error = await Assert.ThrowsAsync<EngineException>(
            () => pull().WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        Assert.True(reason == error.Reason, $"Expected {reason}, but: {error}");
        return error;
    }

    /// <summary>Fails with that reason, and leaves nothing.</summary>
    private protected async Task<EngineException> LeavesNothingAsync(string reason, string name = "app:1")
    {
        var error = await FailsAsync(reason, () => PullAsync(name));
        Images.AssertEmpty();
        return error;
    }

    /// <summary>How often a blob was asked for.</summary>
    private protected int Asked(string digest) => Registry.Requests.Count(
        request => request.Method == "GET" && request.Path.EndsWith("/blobs/" + digest, StringComparison.Ordinal));

    /// <summary>Waits for what no event announces.</summary>
    private protected static async Task UntilAsync(Func<bool> condition, string failure)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30), failure);
            await Task.Delay(5, Cancel);
        }
    }

    private sealed class Noted(ConcurrentQueue<ImageProgress> steps) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value) => steps.Enqueue(value);
    }
}
