using Engine.Linux;
using Engine.Oci.Layers.Tar;

namespace Engine.Core.Images.Layers;

/// <summary>Turns what the kernel said about an entry into what is wrong with the archive.</summary>
internal static class EntryFault
{
    // errno(3): EFBIG.
    private const int FileTooLarge = 27;

    public static EngineException Of(TarEntry entry, LinuxException error) => error switch
    {
        { EscapesRoot: true } => new EngineException(
            EngineErrorCode.InvalidArgument, EngineErrorReason.ArchiveEscapesRoot,
            $"The archive is refused: its entry '{entry.DisplayName}' leads out of the directory that it is unpacked "
            + "into, or through links that never end.",
            entry.DisplayName, error),
        { Errno: FileTooLarge } => new EngineException(
            EngineErrorCode.LimitExceeded, EngineErrorReason.InputTooLarge,
            $"The entry '{entry.DisplayName}' has {entry.Size} bytes, more than a file of this disk can have.",
            entry.DisplayName, error),
        _ => new EngineException(
            EngineErrorCode.Corrupt, EngineErrorReason.InvalidArchive,
            $"The layer cannot be unpacked: '{entry.DisplayName}' could not be made. {error.Message}",
            entry.DisplayName, error),
    };
}
