namespace Engine.Core;

/// <summary>The rule for label filters: <c>key</c> asks that the label is there, <c>key=value</c> also for its value.</summary>
internal static class LabelMatch
{
    /// <summary>As <see cref="Matches"/>; a leading <c>!</c> asks for the contrary (Docker's <c>label!=</c>).</summary>
    public static bool MatchesOrNot(IReadOnlyDictionary<string, string> labels, string filter) =>
        filter.StartsWith('!') ? !Matches(labels, filter[1..]) : Matches(labels, filter);

    public static bool Matches(IReadOnlyDictionary<string, string> labels, string filter)
    {
        var separator = filter.IndexOf('=', StringComparison.Ordinal);
        return separator < 0
            ? labels.ContainsKey(filter)
            : labels.TryGetValue(filter[..separator], out var value)
                && string.Equals(value, filter[(separator + 1)..], StringComparison.Ordinal);
    }
}
