namespace Engine.Oci.Archives;

/// <summary>The errors of an archive that cannot be read.</summary>
internal static class ArchiveFault
{
    public static EngineException Invalid(string fault, string? target = null, Exception? inner = null) =>
        new(EngineErrorCode.Corrupt, EngineErrorReason.InvalidArchive, $"The archive is not valid: {fault}.", target, inner);

    public static EngineException Unknown() => new(
        EngineErrorCode.InvalidArgument,
        EngineErrorReason.InvalidArchive,
        "The archive holds no image: it has neither index.json (OCI layout) nor manifest.json or repositories (docker save). "
        + "If it is a root file system, import it as one.");

    public static EngineException TooLarge(string fault) =>
        new(EngineErrorCode.LimitExceeded, EngineErrorReason.InputTooLarge, $"The archive is refused: {fault}.");
}
