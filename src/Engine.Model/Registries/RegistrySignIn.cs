namespace Engine;

/// <summary>What a sign-in to a registry came to.</summary>
public sealed record RegistrySignIn
{
    /// <summary>The registry's host in its normal form, with its port if it has one.</summary>
    public required string Registry { get; init; }

    /// <summary>A token to be kept instead of the password; empty where the registry gave none.</summary>
    public string IdentityToken { get; init; } = "";

    /// <summary>The registry alone: whatever prints a record must not print a token.</summary>
    public override string ToString() => $"sign-in to {Registry}";
}
