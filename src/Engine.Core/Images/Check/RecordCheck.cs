using Engine.Core.Images.Content;
using Engine.Core.Images.Records;
using Engine.Oci;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Check;

/// <summary>Checks that each image's row holds the configuration whose digest is the image's id.</summary>
internal sealed class RecordCheck(
    ImageTable images, StoredDocuments documents, ImageRemover remover, ContentHolds holds, IImageUsers users)
{
    public IEnumerable<StoreFinding> Run(bool repair)
    {
        foreach (var id in images.AllIds())
        {
            if (images.RawConfig(id) is { } raw && !IsConfig(id, raw))
            {
                yield return Found(id, repair);
            }
        }
    }

    private StoreFinding Found(string id, bool repair)
    {
        var names = images.NamesOf(id);
        if (FromBlob(id) is { } config)
        {
            if (repair)
            {
                images.RestoreConfig(id, config);
            }

            return Finding(id, names, "its configuration is damaged; the blob of it is not", repair);
        }

        if (users.UsersOf(id) is [var user, ..])
        {
            return Finding(
                id, names, $"its configuration is lost; remove container '{user.ContainerName}', then repair", false);
        }

        return Finding(
            id, names, repair ? "its configuration was lost; the image is removed" : "its configuration is lost; "
            + "repairing removes the image, so that it can be pulled or imported again",
            repair && Remove(id));
    }

    private bool Remove(string id)
    {
        IReadOnlyList<(ContentKind Kind, string Id)> content;
        lock (holds.Gate)
        {
            if (holds.IsHeld(ContentKind.Image, id) || users.UsersOf(id).Count > 0)
            {
                return false;
            }

            content = remover.RemoveUnreadable(id);
        }

        remover.Collect([id], content);
        return true;
    }

    private byte[]? FromBlob(string id) =>
        documents.TryRead(Digest.Parse(id), ImageDocuments.MaxConfigSize) is { } raw && IsConfig(id, raw) ? raw : null;

    private static bool IsConfig(string id, byte[] raw)
    {
        if (Digest.Compute(raw).ToString() != id)
        {
            return false;
        }

        try
        {
            ImageDocuments.ReadConfig(raw);
            return true;
        }
        catch (EngineException)
        {
            return false;
        }
    }

    private static StoreFinding Finding(string id, IReadOnlyList<string> names, string message, bool repaired) => new()
    {
        Fault = StoreFault.RecordCorrupt,
        Target = id,
        Message = $"The record of image {names[0]}: {message}.",
        Images = names,
        Repaired = repaired,
    };
}
