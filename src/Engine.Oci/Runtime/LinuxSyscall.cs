namespace Engine.Oci.Runtime;

/// <summary>A rule for system calls.</summary>
public sealed record LinuxSyscall
{
    /// <summary>The calls; ones that the kernel does not have are passed over.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What becomes of them.</summary>
    public required string Action { get; init; }

    /// <summary>The error that they return.</summary>
    public uint? ErrnoRet { get; init; }

    /// <summary>What their arguments must be for the rule to hold; all of them.</summary>
    public IReadOnlyList<SeccompArgument>? Args { get; init; }
}
