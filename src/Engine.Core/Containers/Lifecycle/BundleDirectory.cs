namespace Engine.Core.Containers.Lifecycle;

/// <summary>Makes the directories and files of a bundle, with the modes that they need.</summary>
internal static class BundleDirectory
{
    /// <summary>Makes a directory that others may walk through, and not list.</summary>
    public static void Create(string path) => Directory.CreateDirectory(
        path,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute
            | UnixFileMode.OtherExecute);

    /// <summary>Writes a file that only the engine reads, mode 0600.</summary>
    public static void WritePrivate(string path, ReadOnlySpan<byte> content) =>
        Write(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>Writes a file that every process of the container reads, mode 0644.</summary>
    public static void WritePublic(string path, ReadOnlySpan<byte> content) => Write(
        path, content,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

    /// <summary>Makes a file that only the engine reads, if it is not there.</summary>
    public static void TouchPrivate(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = 0,
        });
    }

    private static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = 0,
        });
        // The umask takes from the mode of a file that is made; it does not count here.
        File.SetUnixFileMode(file.SafeFileHandle, mode);
        file.Write(content);
    }
}
