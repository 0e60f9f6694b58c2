using System.Globalization;

namespace Engine.Oci.Runtime;

/// <summary>
/// What a profile must keep to: a filter that says something else than its author meant is no protection.
/// </summary>
internal static class SeccompProfileRules
{
    public static void Check(SeccompProfile profile)
    {
        Require(!string.IsNullOrEmpty(profile.DefaultAction), "it has no defaultAction");
        Require(
            profile.ArchMap is not { Count: > 0 } || profile.Architectures is not { Count: > 0 },
            "it has both architectures and archMap");
        RequireErrno(profile.DefaultErrno, "defaultErrno");
        Require(
            profile.ArchMap?.All(static entry => entry is { Architecture: not null }) ?? true,
            "an entry of archMap is null");
        foreach (SeccompProfileRule? rule in profile.Syscalls ?? [])
        {
            Require(rule is { Action.Length: > 0 }, "a rule has no action");
            Require(
                rule!.Name is null || rule.Names is not { Count: > 0 },
                $"the rule for '{rule.Name}' has both name and names");
            Require(rule.Name is not null || rule.Names is { Count: > 0 }, "a rule names no system call");
            Require(rule.Names?.All(static name => name is not null) ?? true, "a rule names null");
            Require(
                rule.Args?.All(static arg => arg is { Index: < 6, Op: not null }) ?? true,
                "an argument's index is not 0 to 5, or it has no op");
            RequireErrno(rule.Errno, "errno");
            RequireKernel(rule.Includes);
            RequireKernel(rule.Excludes);
        }
    }

    public static Version? Kernel(string? minKernel)
    {
        if (string.IsNullOrEmpty(minKernel))
        {
            return null;
        }

        string[] parts = minKernel.Split('.');
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            ? new Version(major, minor)
            : throw SeccompProfile.Invalid($"minKernel '{Shown.Text(minKernel)}' is not of the form 4.8");
    }

    private static void RequireKernel(SeccompCondition? condition) => _ = Kernel(condition?.MinKernel);

    private static void RequireErrno(string? errno, string key) =>
        Require(
            string.IsNullOrEmpty(errno) || SeccompErrno.ByName(errno) is not null,
            $"{key} '{Shown.Text(errno ?? "")}' is not known");

    private static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw SeccompProfile.Invalid(fault);
        }
    }
}
