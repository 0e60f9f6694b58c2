namespace Engine.Core;

/// <summary>The rule for label filters: <c>key</c> asks that the label is there, <c>key=value</c> also for its value.</summary>
internal static class LabelMatch
{
    public static bool Matches(IReadOnlyDictionary<string, string> labels, string filter)
    {
        var separator = filter.IndexOf('=', StringComparison.Ordinal);
        return separator < 0
            ? labels.ContainsKey(filter)
            : labels.TryGetValue(filter[..separator], out var value)
                && string.Equals(value, filter[(separator + 1)..], StringComparison.Ordinal);
    }
}
