namespace Engine;

/// <summary>Which unused images to remove.</summary>
public sealed record ImagePrune
{
    /// <summary>True for images with a reference too; else only those without one.</summary>
    public bool All { get; init; }

    /// <summary>Only images made before this; null for any time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Labels that must match: <c>key</c>, <c>key=value</c>, or with a leading <c>!</c> those that must not.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>True to remove nothing, and tell what would be.</summary>
    public bool DryRun { get; init; }
}
