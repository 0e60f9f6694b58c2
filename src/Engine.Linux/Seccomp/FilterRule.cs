namespace Engine.Linux.Seccomp;

/// <summary>What becomes of some system calls.</summary>
/// <param name="Calls">Their names; those that the kernel does not have are passed over.</param>
/// <param name="Action"><c>SCMP_ACT_ALLOW</c>, <c>SCMP_ACT_ERRNO</c> …</param>
/// <param name="Errno">What SCMP_ACT_ERRNO and SCMP_ACT_TRACE carry; null for EPERM.</param>
/// <param name="Arguments">What the arguments must be; empty for any.</param>
public sealed record FilterRule(
    IReadOnlyList<string> Calls, string Action, uint? Errno, IReadOnlyList<FilterArgument> Arguments);
