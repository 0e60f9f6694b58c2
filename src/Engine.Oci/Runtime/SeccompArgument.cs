using System.Text.Json.Serialization;

namespace Engine.Oci.Runtime;

/// <summary>A condition on an argument of a system call.</summary>
public sealed record SeccompArgument
{
    /// <summary>Which argument: 0 to 5.</summary>
    public uint Index { get; init; }

    /// <summary>What it is compared with; the mask for SCMP_CMP_MASKED_EQ.</summary>
    public ulong Value { get; init; }

    /// <summary>The value under the mask.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong ValueTwo { get; init; }

    /// <summary>How: <c>SCMP_CMP_EQ</c> …</summary>
    public required string Op { get; init; }
}
