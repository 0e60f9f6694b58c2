namespace Engine;

/// <summary>What to send to a registry.</summary>
public sealed record ImagePush
{
    /// <summary>The reference, which also says where to; without a tag when <see cref="AllTags"/> is set.</summary>
    public required string Reference { get; init; }

    /// <summary>True for every tag of the repository that is here.</summary>
    public bool AllTags { get; init; }

    /// <summary>Of a reference that names images of several platforms, only this one; null for all of them.</summary>
    public string? Platform { get; init; }

    /// <summary>Who sends; null for anybody.</summary>
    public RegistryCredential? Credential { get; init; }
}
