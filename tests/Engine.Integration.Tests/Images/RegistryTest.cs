using Engine.Integration.Tests.Harness;
using Engine.Testing.Registry;

namespace Engine.Integration.Tests.Images;

/// <summary>A test with a registry of its own.</summary>
public abstract class RegistryTest(EngineFixture fixture) : ImageTest(fixture)
{
    private protected DockerRegistry Registry { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry is not installed (Debian: docker-registry).");
        Registry = await DockerRegistry.StartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            // What the test pulled or named for its registry; nobody else uses its address.
            foreach (ContainerImage image in await OfRegistryAsync())
            {
                await Images.RemoveAsync(image.Id, force: true, CancellationToken.None);
            }

            await base.DisposeAsync();
        }
        finally
        {
            await Registry.DisposeAsync();
        }
    }

    /// <summary>A reference at the registry.</summary>
    internal string At(string name) => $"{Registry.Host}/{name}";

    internal async Task<List<ContainerImage>> PullAsync(
        ImagePull pull, Action<ImageProgress>? progress = null, List<string>? warnings = null)
    {
        var images = new List<ContainerImage>();
        await foreach (ContainerImage image in Images.PullAsync(
            pull, progress is null ? null : new Told<ImageProgress>(progress),
            warnings is null ? null : new Told<string>(warnings.Add), Cancel))
        {
            images.Add(image);
        }

        return images;
    }

    internal async Task<ContainerImage> PullOneAsync(string reference) =>
        Assert.Single(await PullAsync(new ImagePull { Reference = reference }));

    internal async Task<List<PushResult>> PushAsync(ImagePush push, Action<ImageProgress>? progress = null)
    {
        var results = new List<PushResult>();
        await foreach (PushResult result in Images.PushAsync(
            push, progress is null ? null : new Told<ImageProgress>(progress), null, Cancel))
        {
            results.Add(result);
        }

        return results;
    }

    private async Task<List<ContainerImage>> OfRegistryAsync() =>
        [.. (await ListAsync(new ImageFilter())).Where(image => image.References.Concat(image.Digests)
            .Any(reference => reference.StartsWith(Registry.Host + "/", StringComparison.Ordinal)))];

    private sealed class Told<T>(Action<T> told) : IProgress<T>
    {
        public void Report(T value) => told(value);
    }
}
