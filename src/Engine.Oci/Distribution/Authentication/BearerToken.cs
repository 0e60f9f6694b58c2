namespace Engine.Oci.Distribution.Authentication;

/// <summary>A token, and until when it is worth sending.</summary>
/// <param name="Value">The token.</param>
/// <param name="Expires">When it no longer is.</param>
/// <param name="RefreshToken">What stands for the credential from now on; null when the server gave none.</param>
internal sealed record BearerToken(string Value, DateTimeOffset Expires, string? RefreshToken)
{
    public override string ToString() => "token";
}
