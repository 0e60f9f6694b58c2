using System.Runtime.InteropServices;

namespace Engine.Linux.Interop;

/// <summary>
/// System calls by number, for those that the oldest supported C library has no function for. Every call from 424 on
/// has the same number on every architecture (the unified table that Linux 5.1 began).
/// </summary>
internal static unsafe partial class Syscall
{
    internal const nint PidfdSendSignal = 424;
    internal const nint OpenTree = 428;
    internal const nint MoveMount = 429;
    internal const nint FsOpen = 430;
    internal const nint FsConfig = 431;
    internal const nint FsMount = 432;
    internal const nint PidfdOpen = 434;
    internal const nint MountSetAttr = 442;

    /// <summary>getdents64: 217 on x86-64, 61 on the generic table that arm64 and riscv64 use.</summary>
    internal static readonly nint GetDents64 = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 217 : 61;

    [LibraryImport("libc.so.6", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint Invoke(nint number, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0);
}
