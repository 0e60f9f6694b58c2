namespace Engine.Shell.Interactive;

/// <summary>Candidates that may stand in place of a part of the line.</summary>
/// <param name="Start">Where the part begins.</param>
/// <param name="Length">How long it is, in characters.</param>
/// <param name="Candidates">The text to put there, and the shorter one to show in a list.</param>
internal sealed record CompletionOffer(int Start, int Length, IReadOnlyList<(string Text, string Shown)> Candidates)
{
    /// <summary>The longest beginning that all candidates share, whatever their case.</summary>
    public string CommonPrefix()
    {
        var prefix = Candidates[0].Text;
        foreach (var (text, _) in Candidates.Skip(1))
        {
            var same = 0;
            while (same < prefix.Length && same < text.Length
                && char.ToUpperInvariant(prefix[same]) == char.ToUpperInvariant(text[same]))
            {
                same++;
            }

            prefix = prefix[..same];
        }

        return prefix;
    }
}
