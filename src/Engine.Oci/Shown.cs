using System.Text;

namespace Engine.Oci;

/// <summary>
/// How text from outside is shown in a message: cut, and without control characters. A reference or a file name may be
/// megabytes long, or carry escape sequences that would rewrite the reader's terminal.
/// </summary>
public static class Shown
{
    private const int Longest = 160;

    /// <summary>The text, fit to be shown.</summary>
    /// <param name="text">Any text.</param>
    public static string Text(string text)
    {
        ReadOnlySpan<char> head = text.AsSpan(0, Math.Min(text.Length, Longest));
        var shown = new StringBuilder(head.Length + 1);
        foreach (char c in head)
        {
            shown.Append(char.IsControl(c) ? '?' : c);
        }

        return text.Length > Longest ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>The name, fit to be shown; bytes that are no UTF-8 are replaced.</summary>
    /// <param name="name">Any bytes.</param>
    public static string Text(ReadOnlySpan<byte> name) =>
        Text(Encoding.UTF8.GetString(name[..Math.Min(name.Length, 4 * Longest)]));
}
