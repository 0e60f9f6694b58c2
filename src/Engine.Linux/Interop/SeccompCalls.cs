using System.Runtime.InteropServices;

namespace Engine.Linux.Interop;

/// <summary>libseccomp (seccomp_init(3) and its neighbours), which crun is linked with too.</summary>
internal static unsafe partial class SeccompCalls
{
    private const string LibSeccomp = "libseccomp.so.2";

    /// <summary>What seccomp_syscall_resolve_name says of a name that it does not know (__NR_SCMP_ERROR).</summary>
    internal const int UnknownCall = -1;

    [LibraryImport(LibSeccomp, EntryPoint = "seccomp_init")]
    internal static partial nint Init(uint defaultAction);

    [LibraryImport(LibSeccomp, EntryPoint = "seccomp_release")]
    internal static partial void Release(nint context);

    [LibraryImport(LibSeccomp, EntryPoint = "seccomp_arch_resolve_name", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint ResolveArchitecture(string name);

    [LibraryImport(LibSeccomp, EntryPoint = "seccomp_arch_add")]
    internal static partial int AddArchitecture(nint context, uint architecture);

    [LibraryImport(LibSeccomp, EntryPoint = "seccomp_syscall_resolve_name", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ResolveCall(string name);

    [LibraryImport(LibSeccomp, EntryPoint = "seccomp_rule_add_array")]
    internal static partial int AddRule(nint context, uint action, int call, uint count, Comparison* comparisons);

    [LibraryImport(LibSeccomp, EntryPoint = "seccomp_export_bpf")]
    internal static partial int Export(nint context, int fd);

    /// <summary>struct scmp_arg_cmp.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Comparison
    {
        internal uint Argument;
        internal int Operator;
        internal ulong First;
        internal ulong Second;
    }
}
