namespace Engine.Oci.Runtime;

/// <summary>In a profile: when a rule holds, or does not.</summary>
public sealed record SeccompCondition
{
    /// <summary>Architectures, as Go names them: <c>amd64</c>.</summary>
    public IReadOnlyList<string>? Arches { get; init; }

    /// <summary>Capabilities, as <c>CAP_SYS_ADMIN</c>.</summary>
    public IReadOnlyList<string>? Caps { get; init; }

    /// <summary>The kernel's version, or a later one: <c>4.8</c>.</summary>
    public string? MinKernel { get; init; }
}
