namespace Engine;

/// <summary>What to search a registry's index for.</summary>
public sealed record RepositorySearch
{
    /// <summary><c>[registry/]words</c>.</summary>
    public required string Term { get; init; }

    /// <summary>The most to find, 1 to 100.</summary>
    public int Limit { get; init; } = 25;

    /// <summary>True for official ones only, false for the others only, null for both.</summary>
    public bool? Official { get; init; }

    /// <summary>Only those with as many stars; null for any.</summary>
    public int? MinimumStars { get; init; }

    /// <summary>Who asks; null for anybody.</summary>
    public RegistryCredential? Credential { get; init; }
}
