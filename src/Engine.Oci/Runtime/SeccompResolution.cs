namespace Engine.Oci.Runtime;

/// <summary>Picks the rules of a profile that hold for one container (moby, profiles/seccomp, setupSeccomp).</summary>
internal static class SeccompResolution
{
    public static LinuxSeccomp Resolve(
        SeccompProfile profile, IReadOnlyCollection<string> capabilities, string architecture, Version kernel)
    {
        var held = capabilities.ToHashSet(StringComparer.Ordinal);
        var rules = new List<LinuxSyscall>();
        foreach (SeccompProfileRule rule in profile.Syscalls ?? [])
        {
            if (!Excluded(rule.Excludes, held, architecture, kernel) && Included(rule.Includes, held, architecture, kernel))
            {
                rules.Add(new LinuxSyscall
                {
                    Names = rule.Names is { Count: > 0 } names ? names : [rule.Name!],
                    Action = rule.Action,
                    ErrnoRet = Errno(rule.Errno, rule.ErrnoRet),
                    Args = rule.Args is { Count: > 0 } ? rule.Args : null,
                });
            }
        }

        return new LinuxSeccomp
        {
            DefaultAction = profile.DefaultAction,
            DefaultErrnoRet = Errno(profile.DefaultErrno, profile.DefaultErrnoRet),
            Architectures = Architectures(profile, architecture),
            Flags = profile.Flags is { Count: > 0 } ? profile.Flags : null,
            Syscalls = rules.Count > 0 ? rules : null,
        };
    }

    // One of the listed things is enough to exclude a rule …
    private static bool Excluded(
        SeccompCondition? when, HashSet<string> capabilities, string architecture, Version kernel) =>
        when is not null
        && ((when.Arches?.Contains(architecture) ?? false)
            || (when.Caps?.Any(capabilities.Contains) ?? false)
            || (SeccompProfileRules.Kernel(when.MinKernel) is { } oldest && IsAtLeast(kernel, oldest)));

    // … and all of them must hold to include it.
    private static bool Included(
        SeccompCondition? when, HashSet<string> capabilities, string architecture, Version kernel) =>
        when is null
        || ((when.Arches is not { Count: > 0 } || when.Arches.Contains(architecture))
            && (when.Caps?.All(capabilities.Contains) ?? true)
            && (SeccompProfileRules.Kernel(when.MinKernel) is not { } oldest || IsAtLeast(kernel, oldest)));

    private static IReadOnlyList<string>? Architectures(SeccompProfile profile, string architecture)
    {
        if (profile.Architectures is { Count: > 0 })
        {
            return profile.Architectures;
        }

        string? native = NativeName(architecture);
        SeccompArchitecture? entry = profile.ArchMap?.FirstOrDefault(entry => entry.Architecture == native);
        return entry is null ? null : [entry.Architecture, .. entry.SubArchitectures ?? []];
    }

    private static string? NativeName(string architecture) => architecture switch
    {
        "386" => "SCMP_ARCH_X86",
        "amd64" => "SCMP_ARCH_X86_64",
        "arm" => "SCMP_ARCH_ARM",
        "arm64" => "SCMP_ARCH_AARCH64",
        "loong64" => "SCMP_ARCH_LOONGARCH64",
        "ppc64le" => "SCMP_ARCH_PPC64LE",
        "riscv64" => "SCMP_ARCH_RISCV64",
        "s390x" => "SCMP_ARCH_S390X",
        _ => null,
    };

    private static bool IsAtLeast(Version kernel, Version oldest) =>
        (kernel.Major, kernel.Minor).CompareTo((oldest.Major, oldest.Minor)) >= 0;

    private static uint? Errno(string? name, uint? number) =>
        string.IsNullOrEmpty(name) ? number : SeccompErrno.ByName(name);
}
