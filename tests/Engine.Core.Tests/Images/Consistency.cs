namespace Engine.Core.Tests.Images;

/// <summary>What must hold whenever nothing is running: the database and the disk tell the same.</summary>
internal static class Consistency
{
    public static void Check(TestImages images)
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(images.Directories.Ingest));
        Assert.Equal(images.Strings("SELECT replace(chain_id, 'sha256:', '') FROM layers WHERE state = 'complete'"), Names(images.Directories.Layers));
        Assert.Equal(0, images.Count("layers WHERE state <> 'complete'"));
        Assert.Equal(images.Strings("SELECT DISTINCT replace(digest, 'sha256:', '') FROM image_blobs"), Names(images.Directories.Blobs));
        Assert.Equal(
            0, images.Count("layers l WHERE NOT EXISTS (SELECT 1 FROM image_layers i WHERE i.chain_id = l.chain_id)"));
    }

    private static List<string> Names(string directory) =>
        [.. Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).Order(
            StringComparer.Ordinal)];
}
