using System.Text;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Tests.Layers.Tar;

/// <summary>Archives of our own writer.</summary>
internal static class Written
{
    public static byte[] Archive(IEnumerable<(TarEntry Entry, byte[] Content)> entries, int piece = int.MaxValue)
    {
        using var stream = new MemoryStream();
        var writer = new TarWriter(stream);
        foreach ((TarEntry entry, byte[] content) in entries)
        {
            Complete(writer.BeginAsync(entry));
            for (int at = 0; at < content.Length; at += Math.Min(piece, content.Length - at))
            {
                Complete(writer.WriteAsync(content.AsMemory(at, Math.Min(piece, content.Length - at))));
            }
        }

        Complete(writer.FinishAsync());
        return stream.ToArray();
    }

    public static TarEntry Entry(TarEntryType type, string name, int mode = 0x1A4, int size = 0) => new()
    {
        Type = type,
        TypeFlag = ' ',
        Name = Encoding.UTF8.GetBytes(name),
        Mode = mode,
        Size = size,
    };

    // A stream in memory never waits.
    private static void Complete(ValueTask written)
    {
        Assert.True(written.IsCompletedSuccessfully, "the write waits");
        written.GetAwaiter().GetResult();
    }
}
