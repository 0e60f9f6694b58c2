namespace Engine.Oci.Runtime;

/// <summary>A rule of a profile.</summary>
public sealed record SeccompProfileRule
{
    /// <summary>One call; the older form of the next.</summary>
    public string? Name { get; init; }

    /// <summary>The calls.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>What becomes of them.</summary>
    public required string Action { get; init; }

    /// <summary>The error that they return, as a number.</summary>
    public uint? ErrnoRet { get; init; }

    /// <summary>The same error by name; it counts before the number.</summary>
    public string? Errno { get; init; }

    /// <summary>What their arguments must be for the rule to hold.</summary>
    public IReadOnlyList<SeccompArgument>? Args { get; init; }

    /// <summary>When the rule holds: one of the architectures, all of the capabilities, the kernel.</summary>
    public SeccompCondition? Includes { get; init; }

    /// <summary>When it does not: one of the architectures, one of the capabilities, the kernel.</summary>
    public SeccompCondition? Excludes { get; init; }
}
