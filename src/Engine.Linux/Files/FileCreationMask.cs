using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>The permissions that new files of this process do not get, whoever makes them (umask(2)).</summary>
public static class FileCreationMask
{
    /// <summary>Sets the mask.</summary>
    /// <param name="mask">The permissions to withhold.</param>
    /// <returns>The mask before.</returns>
    public static UnixFileMode Set(UnixFileMode mask) => (UnixFileMode)(ushort)umask((ushort)mask);
}
