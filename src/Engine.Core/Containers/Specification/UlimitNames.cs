using System.Collections.Frozen;

namespace Engine.Core.Containers.Specification;

/// <summary>The kernel's resource limits (setrlimit(2)), in lower case and without RLIMIT_.</summary>
internal static class UlimitNames
{
    public static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        "as", "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio",
        "rttime", "sigpending", "stack");
}
