namespace Engine.Oci.Distribution;

/// <summary>
/// How long to wait before an attempt: twice as long each time, with some chance in it so that many clients that were
/// cut off at once do not come back at once.
/// </summary>
public sealed record RetryDelay
{
    // A quarter up or down.
    private const double Spread = 0.25;

    /// <summary>Before the second attempt.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most before any attempt.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most that a registry's Retry-After is obeyed.</summary>
    public TimeSpan LongestAsked { get; init; } = TimeSpan.FromMinutes(2);

    internal TimeSpan After(int failedAttempts, TimeSpan? asked)
    {
        double doubled = First.TotalSeconds * Math.Pow(2, Math.Min(failedAttempts - 1, 30));
        double own = Math.Min(doubled, Longest.TotalSeconds) * (1 - Spread + (2 * Spread * Random.Shared.NextDouble()));
        double wanted = asked is { } time ? Math.Min(time.TotalSeconds, LongestAsked.TotalSeconds) : 0;
        return TimeSpan.FromSeconds(Math.Max(own, wanted));
    }
}
