using Engine.Oci.Documents;

namespace Engine.Oci.Archives;

/// <summary>
/// The names of an archive, and what they lead to. Links are names of this table and nothing else: they cannot lead out
/// of the archive. Of a name that comes twice the last counts, as tar has it.
/// </summary>
/// <param name="spool">Where the files go.</param>
/// <param name="limits">How much is believed.</param>
internal sealed class ArchiveFiles(IArchiveSpool spool, ArchiveLimits limits)
{
    // As Linux: more links than that are a loop (path_resolution(7)).
    private const int MaxLinks = 40;

    private readonly Dictionary<string, ArchiveFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<Digest, byte[]> _read = [];
    private long _memory;
    private int _names;

    public async ValueTask AddAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        Count();
        if (ArchiveNames.IsDocument(name))
        {
            byte[] document = await ReadAllAsync(content, name, cancellationToken).ConfigureAwait(false);
            Hold(document.Length);
            _documents[name] = document;
            return;
        }

        Digest? promised = ArchiveNames.BlobDigest(name);
        using IncrementalDigest? hash = promised is null or { Algorithm: DigestAlgorithm.Sha256 }
            ? null
            : new IncrementalDigest(promised.Algorithm);
        using var observed = new ObservedStream(content, hash);
        SpooledFile file = await spool.AddAsync(observed, cancellationToken).ConfigureAwait(false);
        _files[name] = new ArchiveFile { Spooled = file, Compression = observed.Compression, Digest = hash?.Current() ?? file.Digest };
    }

    public void AddLink(string name, string target)
    {
        Count();
        _files[name] = new ArchiveFile { LinkTarget = target };
    }

    /// <summary>A small file that was kept in memory, or null.</summary>
    public byte[]? Document(string name) => _documents.GetValueOrDefault(name);

    /// <summary>The file of a name, through links; null when it is not there.</summary>
    public ArchiveFile? Find(string name)
    {
        for (int links = 0; links <= MaxLinks; links++)
        {
            if (_files.GetValueOrDefault(name) is not { } file || file.LinkTarget is not { } target)
            {
                return _files.GetValueOrDefault(name);
            }

            name = target;
        }

        throw ArchiveFault.Invalid($"its links at '{Shown.Text(name)}' lead in a circle", Shown.Text(name));
    }

    /// <summary>The blob of a digest, checked; null when it is not there.</summary>
    public SpooledFile? FindBlob(Digest digest, long size)
    {
        string algorithm = digest.ToString()[..digest.ToString().IndexOf(':', StringComparison.Ordinal)];
        if ((Find($"blobs/{algorithm}/{digest.Hex}") ?? Find(digest.Hex)) is not { Spooled: { } blob } file)
        {
            return null;
        }

        digest.Require(file.Digest!, "blob");
        return blob.Size == size
            ? blob
            : throw ArchiveFault.Invalid($"the size of {digest} is not what its descriptor says", digest.ToString());
    }

    /// <summary>Reads a document from the spool; each is kept, and read once.</summary>
    public async ValueTask<byte[]> ReadAsync(SpooledFile file, int limit, CancellationToken cancellationToken)
    {
        DocumentRules.RequireSize(file.Size, "document", limit);
        if (_read.TryGetValue(file.Digest, out byte[]? read))
        {
            return read;
        }

        Hold(file.Size);
        byte[] content = new byte[file.Size];
        Stream stream = await spool.OpenAsync(file, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        }

        _read.Add(file.Digest, content);
        return content;
    }

    /// <summary>Opens a file in the spool.</summary>
    public ValueTask<Stream> OpenAsync(SpooledFile file, CancellationToken cancellationToken) =>
        spool.OpenAsync(file, cancellationToken);

    private void Hold(long bytes)
    {
        _memory += bytes;
        if (_memory > limits.MaxMemory)
        {
            throw ArchiveFault.TooLarge($"its manifests and configurations have more than {limits.MaxMemory} bytes");
        }
    }

    private void Count()
    {
        if (++_names > limits.MaxFiles)
        {
            throw ArchiveFault.TooLarge($"it has more than {limits.MaxFiles} files");
        }
    }

    private static async ValueTask<byte[]> ReadAllAsync(
        Stream content, string name, CancellationToken cancellationToken)
    {
        using var document = new MemoryStream();
        byte[] piece = new byte[16 * 1024];
        int read;
        while ((read = await content.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0)
        {
            DocumentRules.RequireSize(document.Length + read, name, ImageDocuments.MaxManifestSize);
            document.Write(piece, 0, read);
        }

        return document.ToArray();
    }
}
