using System.Buffers;
using System.Text;
using Engine.Oci.Layers;

namespace Engine.Oci.Archives;

/// <summary>Which names of an archive mean what.</summary>
internal static class ArchiveNames
{
    public const string Index = "index.json";
    public const string Layout = "oci-layout";
    public const string Manifest = "manifest.json";
    public const string Repositories = "repositories";

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    public static string Clean(ReadOnlyMemory<byte> name) => Encoding.UTF8.GetString(LayerPath.Clean(name).Span);

    public static string Clean(string name) => Clean(Encoding.UTF8.GetBytes(name));

    /// <summary>
    /// Small files that are needed in memory: the lists of images, and what the oldest archives say of each.
    /// </summary>
    public static bool IsDocument(string name) =>
        name is Index or Layout or Manifest or Repositories
            || (name.EndsWith("/json", StringComparison.Ordinal) && IsHex(name.AsSpan(0, name.Length - 5)));

    /// <summary>The digest that a blob's name promises; null for other files.</summary>
    public static Digest? BlobDigest(string name)
    {
        string[] parts = name.Split('/');
        return parts is ["blobs", var algorithm, var hex] && Digest.TryParse($"{algorithm}:{hex}", out Digest? digest)
            ? digest
            : null;
    }

    /// <summary>A name that only archives of images have at their top.</summary>
    public static bool IsOfImage(string name)
    {
        ReadOnlySpan<char> first = name.AsSpan();
        int slash = first.IndexOf('/');
        bool deeper = slash >= 0;
        first = deeper ? first[..slash] : first;
        return first is Layout || (first is "blobs" && (!deeper || name.StartsWith("blobs/sha", StringComparison.Ordinal)))
            || (!deeper && first is Repositories)
            || IsHex(first) || (!deeper && first.Length > 64 && IsHex(first[..64]) && first[64] == '.');
    }

    private static bool IsHex(ReadOnlySpan<char> text) => text.Length == 64 && !text.ContainsAnyExcept(s_hex);
}
