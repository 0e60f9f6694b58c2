using System.Text;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Tests.Layers.Tar;

/// <summary>An entry with its content, all read.</summary>
internal sealed record ReadEntry(TarEntry Entry, byte[] Content)
{
    public string Name => Encoding.UTF8.GetString(Entry.Name.Span);

    public string LinkName => Encoding.UTF8.GetString(Entry.LinkName.Span);

    public string? Xattr(string name) => Entry.Xattrs.SingleOrDefault(xattr => xattr.Name.Span.SequenceEqual(Encoding.UTF8.GetBytes(name))) is { } found
        ? Convert.ToHexString(found.Value.Span)
        : null;

    public static List<ReadEntry> All(byte[] archive, TarLimits? limits = null) => All(new MemoryStream(archive), limits);

    public static List<ReadEntry> All(Stream archive, TarLimits? limits = null)
    {
        var reader = new TarReader(archive, limits);
        var entries = new List<ReadEntry>();
        while (reader.Next() is { } entry)
        {
            using var content = new MemoryStream();
            if (entry.Type is TarEntryType.File)
            {
                reader.OpenContent(entry).CopyTo(content);
            }

            entries.Add(new ReadEntry(entry, content.ToArray()));
        }

        Assert.Null(reader.Next());
        return entries;
    }
}
