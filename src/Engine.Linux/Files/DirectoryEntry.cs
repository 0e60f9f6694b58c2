using System.Text;

namespace Engine.Linux.Files;

/// <summary>One name in a directory. Names are bytes: Linux forbids only NUL and the slash in them.</summary>
/// <param name="NameBytes">The name, byte for byte.</param>
/// <param name="Kind">The type, or <see cref="FileKind.Unknown"/> where the file system does not tell.</param>
/// <param name="Inode">The inode number.</param>
public sealed record DirectoryEntry(byte[] NameBytes, FileKind Kind, ulong Inode)
{
    /// <summary>The name as text, for messages; bytes that are no UTF-8 are replaced.</summary>
    public string Name => Encoding.UTF8.GetString(NameBytes);
}
