using System.Globalization;

namespace Engine.Linux.Host;

/// <summary>A limit of this process, which its children inherit (getrlimit(2)).</summary>
/// <param name="Soft">What holds now; null for no limit. A process may raise it to <paramref name="Hard"/>.</param>
/// <param name="Hard">The most it may be raised to without CAP_SYS_RESOURCE; null for no limit.</param>
public sealed record ResourceLimit(long? Soft, long? Hard)
{
    // As /proc/self/limits words them (proc_pid_limits(5)), by the name that OCI and ulimit use.
    private static readonly Dictionary<string, string> s_labels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cpu"] = "Max cpu time",
        ["fsize"] = "Max file size",
        ["data"] = "Max data size",
        ["stack"] = "Max stack size",
        ["core"] = "Max core file size",
        ["rss"] = "Max resident set",
        ["nproc"] = "Max processes",
        ["nofile"] = "Max open files",
        ["memlock"] = "Max locked memory",
        ["as"] = "Max address space",
        ["locks"] = "Max file locks",
        ["sigpending"] = "Max pending signals",
        ["msgqueue"] = "Max msgqueue size",
        ["nice"] = "Max nice priority",
        ["rtprio"] = "Max realtime priority",
        ["rttime"] = "Max realtime timeout",
    };

    /// <summary>The names that <see cref="Read"/> knows: <c>nofile</c>, <c>nproc</c> …</summary>
    public static IReadOnlyCollection<string> Names => s_labels.Keys;

    /// <summary>Reads one limit of this process; null for a name that Linux does not know.</summary>
    /// <param name="name">Such as <c>nofile</c>, in any case; RLIMIT_NOFILE is understood too.</param>
    public static ResourceLimit? Read(string name) => Parse(File.ReadAllText("/proc/self/limits"), name);

    internal static ResourceLimit? Parse(string limits, string name)
    {
        const string Prefix = "RLIMIT_";
        string key = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : name;
        if (!s_labels.TryGetValue(key, out string? label)
            || limits.Split('\n').FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal)) is not { } found)
        {
            return null;
        }

        string[] values = found[label.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return values.Length < 2 ? null : new ResourceLimit(Value(values[0]), Value(values[1]));
    }

    private static long? Value(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
}
