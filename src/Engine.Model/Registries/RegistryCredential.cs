namespace Engine;

/// <summary>
/// Who asks a registry: a user name with a password, an identity token, or a token to send as it is. Its text never shows
/// a secret.
/// </summary>
public sealed record RegistryCredential
{
    /// <summary>The user's name; empty beside a token.</summary>
    public string Username { get; init; } = "";

    /// <summary>The password, or what the registry takes for one.</summary>
    public string Password { get; init; } = "";

    /// <summary>A refresh token of an earlier sign-in (OAuth2); used instead of a password.</summary>
    public string IdentityToken { get; init; } = "";

    /// <summary>A bearer token to send as it is.</summary>
    public string RegistryToken { get; init; } = "";

    /// <summary>The user's name alone: whatever prints a record must not print a password.</summary>
    public override string ToString() => Username.Length > 0 ? $"credential of {Username}" : "credential";
}
