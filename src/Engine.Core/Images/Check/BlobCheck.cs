using Engine.Core.Images.Content;
using Engine.Core.Images.Records;
using Engine.Oci;

namespace Engine.Core.Images.Check;

/// <summary>Checks that every blob that an image needs is there and has its digest, and that there are no others.</summary>
internal sealed class BlobCheck(
    ImageTable images, BlobStore blobs, ContentHolds holds, ContentCollector collector)
{
    private const int BufferSize = 1 << 20;

    /// <summary>The blobs to look at: those that images need.</summary>
    public IReadOnlyList<Digest> Needed() =>
        [.. images.AllBlobs().Order(StringComparer.Ordinal).Select(digest => Digest.Parse(digest))];

    /// <summary>What is wrong with a blob; null for nothing.</summary>
    public StoreFinding? Check(Digest digest, bool repair, CancellationToken cancellationToken)
    {
        // Held, so that it is not collected while it is read; what an image gives up meanwhile goes afterwards.
        using var hold = new ContentHold(holds, collector);
        hold.AddBlob(digest);
        var users = images.UsersOfBlob(digest.ToString());
        if (users.Count == 0)
        {
            return null;
        }

        if (!blobs.Contains(digest))
        {
            return Found(StoreFault.BlobMissing, digest, users, "is not there", repair);
        }

        return Matches(digest, cancellationToken)
            ? null
            : Found(StoreFault.BlobCorrupt, digest, users, "does not have its digest", repair);
    }

    /// <summary>What lies among the blobs and belongs to nobody.</summary>
    public IEnumerable<StoreFinding> Unreferenced(bool repair)
    {
        // In this order: what is stored from now on is not in the list, and what was stored before is held, or has its
        // image's row.
        var there = blobs.All().Select(digest => digest.ToString()).ToList();
        foreach (var digest in there)
        {
            if (!images.IsBlobUsed(digest) && !holds.IsHeld(ContentKind.Blob, digest) && blobs.Contains(Digest.Parse(digest)))
            {
                yield return Stray(digest, repair && collector.Collect([(ContentKind.Blob, digest)]).Gone.Count > 0);
            }
        }

        foreach (var name in blobs.Strangers().ToList())
        {
            if (repair)
            {
                blobs.RemoveStranger(name);
            }

            yield return Stray(name, repair);
        }
    }

    private StoreFinding Found(
        StoreFault fault, Digest digest, IReadOnlyList<string> users, string what, bool repair)
    {
        var repaired = repair && Repair(digest);
        var remedy = repaired ? "it was written again from the database"
            : images.RawConfig(digest.ToString()) is not null ? "it can be written again from the database"
            : "containers of its images run, but the images cannot be pushed or exported; pull or import them again";
        return new StoreFinding
        {
            Fault = fault,
            Target = digest.ToString(),
            Message = $"The blob {digest.ShortHex} {what}: {remedy}.",
            Images = [.. users.SelectMany(images.NamesOf).Distinct(StringComparer.Ordinal)],
            Repaired = repaired,
        };
    }

    /// <summary>
    /// Configurations are kept in the database too. Anything else that is wrong is taken away, so that the next pull or
    /// import brings it anew.
    /// </summary>
    private bool Repair(Digest digest)
    {
        blobs.Delete(digest);
        if (images.RawConfig(digest.ToString()) is not { } config || Digest.Compute(config) != digest)
        {
            return false;
        }

        using var hold = new ContentHold(holds, collector);
        blobs.Put(config, hold);
        return true;
    }

    private bool Matches(Digest digest, CancellationToken cancellationToken)
    {
        using var blob = blobs.OpenRead(digest);
        using var actual = new IncrementalDigest(digest.Algorithm);
        var buffer = new byte[BufferSize];
        for (int read; (read = blob.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            actual.Append(buffer.AsSpan(0, read));
        }

        return actual.Current() == digest;
    }

    private static StoreFinding Stray(string name, bool repaired) => new()
    {
        Fault = StoreFault.Unreferenced,
        Target = name,
        Message = $"'{name}' lies among the blobs, and no image needs it{(repaired ? "; it is removed" : "")}.",
        Repaired = repaired,
    };
}
