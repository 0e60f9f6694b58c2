namespace Engine.Oci.Runtime;

/// <summary>
/// A system call filter, ready for one machine and one container (runtime-spec, config-linux.md, "Seccomp").
/// </summary>
public sealed record LinuxSeccomp
{
    /// <summary>What becomes of a call that no rule names: <c>SCMP_ACT_ERRNO</c> …</summary>
    public required string DefaultAction { get; init; }

    /// <summary>The error that such a call returns.</summary>
    public uint? DefaultErrnoRet { get; init; }

    /// <summary>The architectures, as <c>SCMP_ARCH_X86_64</c>; null is the machine's own.</summary>
    public IReadOnlyList<string>? Architectures { get; init; }

    /// <summary>Flags of seccomp(2).</summary>
    public IReadOnlyList<string>? Flags { get; init; }

    /// <summary>The rules.</summary>
    public IReadOnlyList<LinuxSyscall>? Syscalls { get; init; }
}
