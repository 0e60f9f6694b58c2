using System.Text;
using Engine.Linux.Files;
using Engine.Oci;

namespace Engine.Core.Images.Content;

/// <summary>
/// Content by its digest: blobs/sha256/&lt;digits&gt;, as in an OCI layout. A blob is written under a name of ingest/,
/// hashed on the way, flushed, and gets its name by rename: under its digest there is never anything but all of it.
/// </summary>
internal sealed class BlobStore(EngineDirectories directories)
{
    /// <summary>Keeps a stream's content.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="expected">The digest that it must have; null when only the content says.</param>
    /// <param name="hold">Who needs the blob from now on.</param>
    /// <param name="progress">Told how many bytes were read so far.</param>
    /// <param name="cancellationToken">Ends the writing; nothing stays.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.DigestMismatch"/>,
    /// <see cref="EngineErrorReason.DiskFull"/>.</exception>
    public async Task<StoredBlob> PutAsync(
        Stream content, Digest? expected, ContentHold hold, Action<long>? progress, CancellationToken cancellationToken)
    {
        using var ingest = NewFile();
        await ingest.AppendAsync(content, progress, cancellationToken).ConfigureAwait(false);
        return Keep(ingest, expected, hold);
    }

    /// <summary>Keeps what is in memory already: a configuration, a manifest.</summary>
    public StoredBlob Put(ReadOnlyMemory<byte> content, ContentHold hold)
    {
        using var ingest = NewFile();
        ingest.Append(content.Span);
        return Keep(ingest, null, hold);
    }

    /// <summary>A file of ingest/ to be filled, and kept by <see cref="Keep"/> or dropped.</summary>
    public IngestFile NewFile() => IngestFile.Create(directories.Ingest);

    /// <summary>Gives a filled file its name. The same content twice, also at the same time, is one blob.</summary>
    public StoredBlob Keep(IngestFile ingest, Digest? expected, ContentHold hold)
    {
        var digest = ingest.Digest();
        expected?.Require(digest, "blob");

        // Held before it has its name: from now on no removal of an image takes it away.
        hold.AddBlob(digest);
        return KeepHeld(ingest, digest);
    }

    /// <summary>Gives a filled and verified file its name, for those who hold the blob already.</summary>
    public StoredBlob KeepHeld(IngestFile ingest, Digest digest)
    {
        var blob = new StoredBlob(digest, ingest.Length);
        if (!Contains(digest))
        {
            ingest.MoveTo(PathOf(digest));
            AtomicFile.FlushDirectory(directories.Blobs);
        }

        return blob;
    }

    public bool Contains(Digest digest) => File.Exists(PathOf(digest));

    /// <summary>Opens a blob.</summary>
    /// <exception cref="EngineException">A code of <see cref="EngineErrorCode.Corrupt"/>: it is not there.</exception>
    public FileStream OpenRead(Digest digest)
    {
        try
        {
            return new FileStream(
                PathOf(digest), new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (FileNotFoundException error)
        {
            throw new EngineException(
                EngineErrorCode.Corrupt, EngineErrorReason.StateCorrupt,
                $"The blob {digest} is missing from '{directories.Blobs}'. Remove the image that needs it, and "
                + "import it again.",
                digest.ToString(), error);
        }
    }

    /// <summary>A blob's length in bytes; null when it is not there.</summary>
    public long? SizeOf(Digest digest) => new FileInfo(PathOf(digest)) is { Exists: true } file ? file.Length : null;

    /// <summary>Removes a blob, and tells how many bytes it had; null when it was not there.</summary>
    public long? Delete(Digest digest)
    {
        using var blobs = RootedDirectory.Open(directories.Blobs);
        var name = Encoding.ASCII.GetBytes(digest.Hex);
        return blobs.TryGetStatus(name, out var status) && blobs.RemoveFile(name) ? status.Size : null;
    }

    /// <summary>The names beside the blobs that are no digests.</summary>
    public IEnumerable<string> Strangers() => Directory.EnumerateFileSystemEntries(directories.Blobs)
        .Select(path => Path.GetFileName(path))
        .Where(name => !Digest.TryParse("sha256:" + name, out _));

    /// <summary>Removes what is no blob, whatever it is.</summary>
    public void RemoveStranger(string name)
    {
        using var blobs = RootedDirectory.Open(directories.Blobs);
        blobs.RemoveTree(Encoding.UTF8.GetBytes(name));
    }

    /// <summary>The digests of all blobs; what else lies there is left out.</summary>
    public IEnumerable<Digest> All() => Directory.EnumerateFiles(directories.Blobs)
        .Select(path => Digest.TryParse("sha256:" + Path.GetFileName(path), out var digest) ? digest : null)
        .OfType<Digest>();

    private string PathOf(Digest digest) => digest.Algorithm == DigestAlgorithm.Sha256
        ? Path.Combine(directories.Blobs, digest.Hex)
        : throw new EngineException(
            EngineErrorCode.NotSupported, EngineErrorReason.InvalidDigest,
            $"The engine keeps content by sha256 digests alone; '{digest}' is another. Have the image written with "
            + "sha256.",
            digest.ToString());
}
