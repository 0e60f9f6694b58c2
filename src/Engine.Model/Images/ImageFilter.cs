namespace Engine;

/// <summary>Which images a list holds. Nothing set: every image.</summary>
public sealed record ImageFilter
{
    /// <summary>References, whole, with or without a tag; wildcards are the client's.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Ids or prefixes of ids, with or without <c>sha256:</c>.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Labels: <c>key</c> or <c>key=value</c>; all must match.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>True for images without a reference, false for those with one, null for both.</summary>
    public bool? Dangling { get; init; }

    /// <summary>Only images made before this one: a reference or an id.</summary>
    public string? Before { get; init; }

    /// <summary>Only images made after this one: a reference or an id.</summary>
    public string? Since { get; init; }
}
