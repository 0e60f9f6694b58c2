namespace Engine.Client;

/// <summary>
/// The errors of the places that keep credentials. None shows what was read from or written to such a place.
/// </summary>
internal static class CredentialFault
{
    public static EngineException File(string path, string what, Exception? cause = null) => new(
        EngineErrorCode.Unavailable,
        EngineErrorReason.CredentialStoreFailed,
        $"The file of credentials '{path}' {what}.",
        path,
        cause);

    public static EngineException Malformed(string source, string what) => new(
        EngineErrorCode.InvalidArgument,
        EngineErrorReason.CredentialStoreFailed,
        $"{source} {what}. Correct it, or sign in again with Connect-ContainerRegistry.",
        source);

    public static EngineException Helper(
        string name, string what, EngineErrorCode code = EngineErrorCode.Unavailable) => new(
            code,
            EngineErrorReason.CredentialStoreFailed,
            $"The credential helper 'docker-credential-{name}' {what}. Docker's config.json names it, under credsStore or "
                + "credHelpers.",
            name);
}
