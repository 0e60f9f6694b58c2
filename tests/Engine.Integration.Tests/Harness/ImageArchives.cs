using Engine.Client;

namespace Engine.Integration.Tests.Harness;

/// <summary>Imports archives, as tests need it.</summary>
internal static class ImageArchives
{
    public static async Task<ContainerImage> ImportOneAsync(
        EngineClient client, Stream archive, ImageImport import, CancellationToken cancellationToken) =>
        Assert.Single(await ImportAsync(client, archive, import, cancellationToken));

    public static async Task<List<ContainerImage>> ImportAsync(
        EngineClient client, Stream archive, ImageImport import, CancellationToken cancellationToken)
    {
        var images = new List<ContainerImage>();
        await foreach (
            ContainerImage image in client.Images.ImportAsync(
                archive, import, length: null, progress: null, cancellationToken))
        {
            images.Add(image);
        }

        return images;
    }
}
