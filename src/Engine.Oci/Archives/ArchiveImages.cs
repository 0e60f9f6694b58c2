using Engine.Oci.References;

namespace Engine.Oci.Archives;

/// <summary>Finds the images among the files of an archive.</summary>
internal static class ArchiveImages
{
    public static async ValueTask<ArchiveContents> ReadAsync(
        ArchiveFiles files, ArchiveLimits limits, CancellationToken cancellationToken)
    {
        byte[]? index = files.Document(ArchiveNames.Index);
        byte[]? manifest = files.Document(ArchiveNames.Manifest);
        if (index is not null)
        {
            return await ReadLayoutAsync(files, index, manifest, limits, cancellationToken).ConfigureAwait(false);
        }

        if (manifest is not null)
        {
            return DockerManifests.IsList(manifest)
                ? Contents(
                    ArchiveKind.DockerArchive,
                    await DockerManifests.ReadAsync(files, manifest, cancellationToken).ConfigureAwait(false))
                : Contents(
                    ArchiveKind.SkopeoDirectory,
                    [await OciLayout.ReadSingleAsync(files, manifest, cancellationToken).ConfigureAwait(false)]);
        }

        return files.Document(ArchiveNames.Repositories) is { } repositories
            ? Contents(
                ArchiveKind.DockerArchive,
                await new LegacyRepositories(files).ReadAsync(repositories, cancellationToken).ConfigureAwait(false))
            : throw ArchiveFault.Unknown();
    }

    // In an archive that is both, the index has the original manifests and the list the names that Docker gives.
    private static async ValueTask<ArchiveContents> ReadLayoutAsync(
        ArchiveFiles files, byte[] index, byte[]? manifest, ArchiveLimits limits, CancellationToken cancellationToken)
    {
        var layout = new OciLayout(files, limits);
        List<ArchiveImage> images = await layout.ReadAsync(index, cancellationToken).ConfigureAwait(false);
        if (manifest is not null && DockerManifests.IsList(manifest))
        {
            IReadOnlyList<ArchiveImage> listed =
                await DockerManifests.ReadAsync(files, manifest, cancellationToken).ConfigureAwait(false);
            foreach (ArchiveImage named in listed)
            {
                int same = images.FindIndex(image => image.Config.Digest == named.Config.Digest);
                if (same < 0)
                {
                    images.Add(named);
                }
                else
                {
                    images[same] = images[same] with { References = Union(images[same].References, named.References) };
                }
            }
        }

        return images.Count > 0
            ? new ArchiveContents(ArchiveKind.OciLayout, images, layout.Missing)
            : throw ArchiveFault.Invalid(
                layout.Missing is [var first, ..] ? $"it lacks {first}, which its index lists" : "its index lists no image");
    }

    private static ImageReference[] Union(IReadOnlyList<ImageReference> one, IReadOnlyList<ImageReference> other) =>
        [.. one.Union(other)];

    private static ArchiveContents Contents(ArchiveKind kind, IReadOnlyList<ArchiveImage> images) =>
        images.Count > 0 ? new ArchiveContents(kind, images, []) : throw ArchiveFault.Invalid("it lists no image");
}
