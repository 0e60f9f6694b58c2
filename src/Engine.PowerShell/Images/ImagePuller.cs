using System.Runtime.CompilerServices;

namespace Engine.Commands;

/// <summary>Brings an image from its registry, as the user who is signed in there, and shows how far it is.</summary>
internal static class ImagePuller
{
    /// <summary>Pulls, and returns each image that is there then.</summary>
    public static async IAsyncEnumerable<ContainerImage> PullAsync(
        EngineConnection engine, ImagePull pull, IWorkReports reports, [EnumeratorCancellation] CancellationToken stop)
    {
        var progress = new TransferProgress(reports, "Installing image", pull.Reference);
        progress.Begin();
        try
        {
            RegistryCredential? credential = pull.Policy == PullPolicy.Never
                ? null
                : await RegistryCredentials.ForAsync(pull.Reference, stop).ConfigureAwait(false);
            await foreach (ContainerImage image in EngineClients.Of(engine).Images
                .PullAsync(pull with { Credential = credential }, progress, new RegistryWarnings(reports), stop)
                .ConfigureAwait(false))
            {
                yield return image;
            }
        }
        finally
        {
            progress.Complete();
        }
    }
}
