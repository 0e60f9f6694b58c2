namespace Engine.Oci.Archives;

/// <summary>Takes the files of a directory as if they were those of an archive.</summary>
internal static class ArchiveDirectory
{
    // An unpacked docker archive is two deep, a layout three.
    private const int MaxDepth = 4;

    public static async ValueTask ReadAsync(string path, ArchiveFiles files, CancellationToken cancellationToken)
    {
        string root = Path.GetFullPath(path);
        if (!Directory.Exists(root))
        {
            throw new EngineException(
                EngineErrorCode.NotFound, EngineErrorReason.InvalidArchive, $"The directory '{Shown.Text(path)}' is not there.", path);
        }

        // A directory that holds no image would be spooled whole, only to be refused.
        string[] lists = [ArchiveNames.Index, ArchiveNames.Manifest, ArchiveNames.Repositories];
        if (!lists.Any(list => File.Exists(Path.Combine(root, list))))
        {
            throw ArchiveFault.Unknown();
        }

        await ReadAsync(root, "", 1, files, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask ReadAsync(
        string directory, string prefix, int depth, ArchiveFiles files, CancellationToken cancellationToken)
    {
        foreach (FileSystemInfo info in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = prefix + info.Name;
            if (info.LinkTarget is { } target)
            {
                if (!target.StartsWith('/'))
                {
                    files.AddLink(name, ArchiveReader.Target(name, target));
                }
            }
            else if (info is DirectoryInfo)
            {
                if (depth < MaxDepth)
                {
                    await ReadAsync(
                        info.FullName, name + "/", depth + 1, files, cancellationToken).ConfigureAwait(false);
                }
            }
            else if (info is FileInfo file)
            {
                // A pipe or a socket has no length, and opening it could wait for ever.
                Stream content = file.Length == 0
                    ? Stream.Null
                    : new FileStream(
                        file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
                await using (content.ConfigureAwait(false))
                {
                    await files.AddAsync(name, content, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }
}
