namespace Engine;

/// <summary>What to bring from a registry.</summary>
public sealed record ImagePull
{
    /// <summary>The image's reference; without a tag when <see cref="AllTags"/> is set.</summary>
    public required string Reference { get; init; }

    /// <summary>The platform as <c>os/arch[/variant]</c>; null for what suits the engine's host best.</summary>
    public string? Platform { get; init; }

    /// <summary>True for every tag of the repository.</summary>
    public bool AllTags { get; init; }

    /// <summary>When to ask the registry.</summary>
    public PullPolicy Policy { get; init; } = PullPolicy.Always;

    /// <summary>Who asks; null for anybody.</summary>
    public RegistryCredential? Credential { get; init; }
}
