namespace Engine.Core.Events;

/// <summary>Tells whether an event is one that a query asks for.</summary>
internal static class EventMatch
{
    public static bool Matches(EventQuery query, EngineEvent happened) =>
        (query.Since is not { } since || happened.Time >= since)
        && (query.Until is not { } until || happened.Time <= until)
        && (query.Types.Count == 0 || query.Types.Contains(happened.Type))
        && (query.Actions.Count == 0 || query.Actions.Contains(happened.Action, StringComparer.Ordinal))
        && (query.Objects.Count == 0 || query.Objects.Any(wanted => Names(happened, wanted)))
        && query.Labels.All(label => LabelMatch.Matches(happened.Attributes, label));

    private static bool Names(EngineEvent happened, string wanted) =>
        wanted.Length > 0
        && (string.Equals(happened.Name, wanted, StringComparison.Ordinal)
            || happened.Id.StartsWith(wanted, StringComparison.Ordinal)
            // Images are asked for with and without "sha256:".
            || happened.Id.StartsWith("sha256:" + wanted, StringComparison.Ordinal));
}
