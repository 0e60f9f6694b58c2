namespace Engine.Oci.Layers.Tar;

/// <summary>The errors of a tar that cannot be read.</summary>
internal static class TarFault
{
    public static EngineException Invalid(string fault, string? target = null, Exception? inner = null) =>
        new(EngineErrorCode.Corrupt, EngineErrorReason.InvalidArchive, $"The tar archive is not valid: {fault}.", target, inner);

    public static EngineException Truncated() => Invalid("it is truncated");

    public static EngineException TooLarge(string fault) =>
        new(EngineErrorCode.LimitExceeded, EngineErrorReason.InputTooLarge, $"The tar archive is refused: {fault}.");
}
