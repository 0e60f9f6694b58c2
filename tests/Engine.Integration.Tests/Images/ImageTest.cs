using Engine.Client;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images;

/// <summary>A test that brings images in. Those that it made are removed at its end, after its containers.</summary>
public abstract class ImageTest(EngineFixture fixture) : ContainerTest(fixture)
{
    private readonly List<string> _references = [];

    internal ImagesClient Images => Engine.Client.Images;

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        using var limit = new CancellationTokenSource(Limit.Call);
        foreach (string reference in _references)
        {
            try
            {
                await Images.RemoveAsync(reference, force: true, limit.Token);
            }
            catch (EngineException e) when (e.Reason == EngineErrorReason.ImageNotFound)
            {
                // The test removed it, or it never came in.
            }
        }
    }

    /// <summary>A reference of the test's own, removed at its end.</summary>
    internal string NewReference(string tag = "1")
    {
        string reference = $"image-{NewName()}:{tag}";
        _references.Add(reference);
        return reference;
    }

    internal async Task<List<ContainerImage>> ImportAsync(byte[] archive, params string[] references)
    {
        using var stream = new MemoryStream(archive, writable: false);
        return await ImageArchives.ImportAsync(
            Engine.Client, stream, new ImageImport { References = references }, Cancel);
    }

    internal async Task<ContainerImage> ImportOneAsync(byte[] archive, params string[] references) =>
        Assert.Single(await ImportAsync(archive, references));

    internal async Task<List<ContainerImage>> ListAsync(ImageFilter filter)
    {
        var all = new List<ContainerImage>();
        await foreach (ContainerImage image in Images.ListAsync(filter, Cancel))
        {
            all.Add(image);
        }

        return all;
    }

    /// <summary>A layer that makes an image of nothing but a marker; different each time.</summary>
    internal static byte[] SmallLayer(string? content = null)
    {
        using var layer = new TestLayer();
        return layer.Directory("etc/").File("etc/marker", content ?? Guid.NewGuid().ToString()).ToArray();
    }
}
