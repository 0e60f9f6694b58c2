using System.Text;

namespace Engine.Core.Images.Layers;

/// <summary>Names of archive entries, for people.</summary>
internal static class EntryName
{
    private const int Longest = 160;

    /// <summary>The name cut, and without control characters: it comes from whoever made the archive.</summary>
    public static string Shown(ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name[..Math.Min(name.Length, Longest)]);
        return string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }
}
