using System.Runtime.InteropServices;

namespace Engine.Linux.Interop;

/// <summary>File calls of the C library that Tmds.LibC does not declare.</summary>
internal static unsafe partial class FileCalls
{
    private const string LibC = "libc.so.6";

    [LibraryImport(LibC, EntryPoint = "renameat", SetLastError = true)]
    internal static partial int RenameAt(int oldDirectory, byte* oldPath, int newDirectory, byte* newPath);

    /// <summary>Exported since glibc 2.28; Tmds.LibC lacks it.</summary>
    [LibraryImport(LibC, EntryPoint = "renameat2", SetLastError = true)]
    internal static partial int RenameAt2(
        int oldDirectory, byte* oldPath, int newDirectory, byte* newPath, uint flags);

    /// <summary>Exported since glibc 2.33; Tmds.LibC binds the older __xmknodat.</summary>
    [LibraryImport(LibC, EntryPoint = "mknodat", SetLastError = true)]
    internal static partial int MkNodAt(int directory, byte* path, uint mode, ulong device);

    [LibraryImport(LibC, EntryPoint = "flock", SetLastError = true)]
    internal static partial int FLock(int fd, int operation);

    [LibraryImport(LibC, EntryPoint = "fstatfs", SetLastError = true)]
    internal static partial int FStatFs(int fd, StatFs* buffer);

    [LibraryImport(LibC, EntryPoint = "fsetxattr", SetLastError = true)]
    internal static partial int FSetXAttr(int fd, byte* name, byte* value, nuint size, int flags);

    [LibraryImport(LibC, EntryPoint = "lsetxattr", SetLastError = true)]
    internal static partial int LSetXAttr(byte* path, byte* name, byte* value, nuint size, int flags);

    [LibraryImport(LibC, EntryPoint = "lgetxattr", SetLastError = true)]
    internal static partial nint LGetXAttr(byte* path, byte* name, byte* value, nuint size);

    [LibraryImport(LibC, EntryPoint = "llistxattr", SetLastError = true)]
    internal static partial nint LListXAttr(byte* path, byte* list, nuint size);

    [LibraryImport(LibC, EntryPoint = "lremovexattr", SetLastError = true)]
    internal static partial int LRemoveXAttr(byte* path, byte* name);

    [LibraryImport(LibC, EntryPoint = "inotify_init1", SetLastError = true)]
    internal static partial int INotifyInit1(int flags);

    [LibraryImport(LibC, EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int INotifyAddWatch(int fd, string path, uint mask);
}
