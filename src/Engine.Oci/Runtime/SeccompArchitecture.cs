namespace Engine.Oci.Runtime;

/// <summary>In a profile: an architecture, and those whose calls the same machine also runs.</summary>
public sealed record SeccompArchitecture
{
    /// <summary>As <c>SCMP_ARCH_X86_64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>As <c>SCMP_ARCH_X86</c>.</summary>
    public IReadOnlyList<string>? SubArchitectures { get; init; }
}
