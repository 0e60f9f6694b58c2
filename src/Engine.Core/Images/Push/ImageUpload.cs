using Engine.Core.Images.Content;
using Engine.Core.Images.Layers;
using Engine.Core.Images.Records;
using Engine.Oci.Distribution;

namespace Engine.Core.Images.Push;

/// <summary>Sends what a plan holds: the blobs, several at once, then the documents that refer to them.</summary>
internal sealed class ImageUpload(RegistryClient registry, BlobStore blobs, ImageTable images, int uploadsAtOnce)
{
    /// <param name="plan">What to send.</param>
    /// <param name="credential">Who sends.</param>
    /// <param name="observer">Told the registry's warnings.</param>
    /// <param name="progress">Told how each blob goes.</param>
    /// <param name="cancellationToken">Ends the work. What was sent stays at the registry, without a name.</param>
    public async Task RunAsync(
        PushPlan plan, RegistryCredential? credential, RegistryWarnings observer, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(uploadsAtOnce);
        List<Task> uploads = [];
        foreach (var blob in plan.Blobs.Where(blob => blobs.Contains(blob.Digest)))
        {
            var told = new LayerProgress(progress, blob.Digest.ShortHex, blob.Size);
            told.Waiting();
            var upload = new BlobUpload(blobs, images, plan.Reference, blob, told, observer);
            var repository = registry.Open(plan.Reference, credential, RepositoryAccess.Push, upload);
            uploads.Add(InTurnAsync(upload, repository, slots, failed));
        }

        await FirstCause.WhenAllAsync(uploads, cancellationToken).ConfigureAwait(false);
        var documents = registry.Open(plan.Reference, credential, RepositoryAccess.Push, observer);
        foreach (var document in plan.Documents)
        {
            // What an index lists has no tag of its own.
            var name = document == plan.Top ? plan.Reference.Tag! : document.Digest.ToString();
            var stored = await documents.PutManifestAsync(
                name, document.MediaType, document.Raw, cancellationToken).ConfigureAwait(false);
            document.Digest.Require(stored, "pushed manifest");
        }
    }

    private static async Task InTurnAsync(
        BlobUpload upload, RepositoryClient repository, SemaphoreSlim slots, CancellationTokenSource failed)
    {
        try
        {
            await slots.WaitAsync(failed.Token).ConfigureAwait(false);
            try
            {
                await upload.RunAsync(repository, failed.Token).ConfigureAwait(false);
            }
            finally
            {
                slots.Release();
            }
        }
        catch
        {
            await failed.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
