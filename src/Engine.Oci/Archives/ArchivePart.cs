using System.Text;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Archives;

/// <summary>A file or directory of an archive that is written: a document in memory, or a blob of the store.</summary>
/// <param name="Name">Its name; a directory's ends in a slash.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record ArchivePart(string Name, long Size)
{
    public ReadOnlyMemory<byte> Content { get; private init; }

    /// <summary>The digest under which the store has it; null for what is in memory.</summary>
    public Digest? Blob { get; private init; }

    public static ArchivePart Directory(string name) => new(name, 0);

    public static ArchivePart Document(string name, ReadOnlyMemory<byte> content) =>
        new(name, content.Length) { Content = content };

    public static ArchivePart OfBlob(Digest digest, ReadOnlyMemory<byte> content) => Document(NameOf(digest), content);

    public static ArchivePart OfBlob(Digest digest, long size) => new(NameOf(digest), size) { Blob = digest };

    /// <summary>Where a layout has the blob of a digest (image-spec, image-layout.md, "Blobs").</summary>
    public static string NameOf(Digest digest) => "blobs/" + digest.ToString().Replace(':', '/');

    /// <summary>Its entry: the same owner, mode and time for all, so that equal images give equal archives.</summary>
    public TarEntry ToEntry()
    {
        bool directory = Name.EndsWith('/');
        return new TarEntry
        {
            Type = directory ? TarEntryType.Directory : TarEntryType.File,
            TypeFlag = directory ? '5' : '0',
            Name = Encoding.UTF8.GetBytes(Name),
            Mode = directory ? 0x1ED /* 0755 */ : 0x1A4 /* 0644 */,
            Size = Size,
            StoredSize = Size,
        };
    }
}
