using System.Text;
using Engine.Oci.Layers;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Archives;

/// <summary>
/// Tells an archive of images from a root file system by the names at its beginning. The order of entries is free, so
/// one name that only images have decides; where none of them comes in the first part, it is a file system.
/// </summary>
internal static class ArchiveProbe
{
    // Directories that every root file system has, and no archive of images.
    private static readonly HashSet<string> s_ofFileSystem =
        ["bin", "boot", "dev", "etc", "home", "lib", "lib64", "opt", "proc", "root", "run", "sbin", "srv", "sys", "tmp", "usr", "var"];

    public static bool IsImage(ReadOnlyMemory<byte> head)
    {
        try
        {
            using LayerStream stream = LayerStream.Open(
                new HeadedStream(head, Stream.Null), new LayerStreamOptions { ComputeDigests = false });
            var reader = new TarReader(stream);
            while (reader.Next() is { } entry)
            {
                string name = ArchiveNames.Clean(entry.Name);
                if (ArchiveNames.IsOfImage(name) || IsList(name, reader, entry))
                {
                    return true;
                }

                if (s_ofFileSystem.Contains(name.Split('/')[0]))
                {
                    return false;
                }
            }
        }
        catch (EngineException)
        {
            // The head ends somewhere in the middle; what is really wrong shows when the whole is read.
        }

        return false;
    }

    // A web site's root file system may have an index.json too: what is in it tells.
    private static bool IsList(string name, TarReader reader, TarEntry entry)
    {
        if (name is not (ArchiveNames.Index or ArchiveNames.Manifest) || entry.Type != TarEntryType.File)
        {
            return false;
        }

        byte[] start = new byte[Math.Min(entry.StoredSize, 64 * 1024)];
        int length = reader.OpenContent(entry).ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        string text = Encoding.UTF8.GetString(start.AsSpan(0, length));
        return name == ArchiveNames.Index
            ? text.Contains("\"manifests\"", StringComparison.Ordinal)
            : text.Contains("\"Layers\"", StringComparison.Ordinal) && text.TrimStart().StartsWith('[');
    }
}
