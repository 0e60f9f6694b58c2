using System.Runtime.InteropServices;

namespace Engine.Linux.Interop;

/// <summary>struct statfs of 64-bit Linux (statfs(2)); the same on x86-64, arm64 and riscv64.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct StatFs
{
    internal long Type;
    internal long BlockSize;
    internal ulong Blocks;
    internal ulong BlocksFree;
    internal ulong BlocksAvailable;
    internal ulong Files;
    internal ulong FilesFree;
    internal fixed int FileSystemId[2];
    internal long NameLength;
    internal long FragmentSize;
    internal long Flags;
    internal fixed long Spare[4];
}
