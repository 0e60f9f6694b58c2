namespace Engine.Oci.Runtime;

/// <summary>The capability sets of a process, as <c>CAP_…</c> names (capabilities(7)).</summary>
public sealed record LinuxCapabilities
{
    /// <summary>What can be gained at most.</summary>
    public IReadOnlyList<string>? Bounding { get; init; }

    /// <summary>What is in force.</summary>
    public IReadOnlyList<string>? Effective { get; init; }

    /// <summary>What is kept over execve(2) by programs that ask for it.</summary>
    public IReadOnlyList<string>? Inheritable { get; init; }

    /// <summary>What can be put in force.</summary>
    public IReadOnlyList<string>? Permitted { get; init; }

    /// <summary>What is kept over execve(2) by any program.</summary>
    public IReadOnlyList<string>? Ambient { get; init; }
}
