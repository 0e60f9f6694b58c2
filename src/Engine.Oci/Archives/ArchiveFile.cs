using Engine.Oci.Compression;

namespace Engine.Oci.Archives;

/// <summary>What is known of one name of an archive: a file in the spool, or a link to another name.</summary>
internal sealed record ArchiveFile
{
    public SpooledFile? Spooled { get; init; }

    public CompressionKind Compression { get; init; }

    /// <summary>The digest by the algorithm that the file's name asks for; the spool's own otherwise.</summary>
    public Digest? Digest { get; init; }

    public string? LinkTarget { get; init; }
}
