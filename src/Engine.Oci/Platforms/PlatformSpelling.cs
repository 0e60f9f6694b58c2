namespace Engine.Oci.Platforms;

/// <summary>
/// The spellings of platforms that are in use, and the one that they mean (containerd/platforms, database.go).
/// </summary>
internal static class PlatformSpelling
{
    private static readonly HashSet<string> s_systems =
    [
        "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd",
        "openbsd", "plan9", "solaris", "windows", "zos",
    ];

    private static readonly HashSet<string> s_architectures =
    [
        "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "ppc64", "ppc64le", "loong64", "mips", "mipsle",
        "mips64", "mips64le", "mips64p32", "mips64p32le", "ppc", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64",
        "wasm",
    ];

    public static bool IsKnownSystem(string os) => s_systems.Contains(os);

    public static bool IsKnownArchitecture(string architecture) => s_architectures.Contains(architecture);

    public static string NormalizeSystem(string os) => Lower(os) switch
    {
        "macos" => "darwin",
        var other => other,
    };

    public static Platform Normalize(Platform platform)
    {
        (string architecture, string? variant) = NormalizeArchitecture(platform.Architecture, platform.Variant ?? "");
        return platform with
        {
            Os = NormalizeSystem(platform.Os),
            Architecture = architecture,
            Variant = string.IsNullOrEmpty(variant) ? null : variant,
        };
    }

    // The most common generation has no variant for amd64 (v1) and arm64 (v8), and has one (v7) for arm.
    public static (string Architecture, string? Variant) NormalizeArchitecture(string architecture, string variant)
    {
        architecture = Lower(architecture);
        variant = Lower(variant);
        return (architecture, variant) switch
        {
            ("i386", _) => ("386", ""),
            ("x86_64" or "x86-64" or "amd64", "v1") => ("amd64", ""),
            ("x86_64" or "x86-64", _) => ("amd64", variant),
            ("aarch64" or "arm64", "8" or "v8" or "v8.0") => ("arm64", ""),
            ("aarch64" or "arm64", "9" or "9.0" or "v9.0") => ("arm64", "v9"),
            ("aarch64", _) => ("arm64", variant),
            ("armhf", _) => ("arm", "v7"),
            ("armel", _) => ("arm", "v6"),
            ("arm", "" or "7") => ("arm", "v7"),
            ("arm", "5" or "6" or "8") => ("arm", "v" + variant),
            _ => (architecture, variant),
        };
    }

    // Go's names are lower-case by definition, so this is no question of culture.
    private static string Lower(string text) =>
        string.Create(text.Length, text, static (into, from) => from.AsSpan().ToLowerInvariant(into));
}
