namespace Engine.Linux.Seccomp;

/// <summary>A condition on an argument of a system call (seccomp_rule_add(3)).</summary>
/// <param name="Index">Which argument, 0 to 5.</param>
/// <param name="Comparison"><c>SCMP_CMP_EQ</c>, <c>SCMP_CMP_MASKED_EQ</c> …</param>
/// <param name="Value">What it is compared with; the mask of a masked comparison.</param>
/// <param name="MaskedValue">The value under the mask.</param>
public sealed record FilterArgument(uint Index, string Comparison, ulong Value, ulong MaskedValue);
