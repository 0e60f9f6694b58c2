namespace Engine.Testing.Registry;

/// <summary>A request that a <see cref="FaultyRegistry"/> got.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query, as they were sent.</param>
/// <param name="Headers">The headers; several of one name are joined with commas.</param>
/// <param name="Body">The body, as far as it came.</param>
public sealed record ReceivedRequest(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The path without the query.</summary>
    public string Path => Target.Split('?', 2)[0];

    /// <summary>The query without its question mark; empty without one.</summary>
    public string Query => Target.Contains('?', StringComparison.Ordinal) ? Target.Split('?', 2)[1] : "";

    /// <summary>A header, or null.</summary>
    public string? this[string header] => Headers.GetValueOrDefault(header);

    public override string ToString() => $"{Method} {Target}";
}
