namespace Engine.Oci.Distribution.Authentication;

/// <summary>What was sent to say who asks: never to be shown, should the registry repeat it.</summary>
/// <param name="Who">Who asked, for messages; null for anybody.</param>
/// <param name="All">The secrets.</param>
internal sealed record RegistrySecrets(string? Who, IReadOnlyList<string> All)
{
    public static RegistrySecrets Of(RegistryCredential? credential, string? sent)
    {
        string?[] all = [credential?.Password, credential?.IdentityToken, credential?.RegistryToken, sent];
        return new RegistrySecrets(
            credential?.ToString(), [.. all.OfType<string>().Where(static secret => secret.Length > 0)]);
    }
}
