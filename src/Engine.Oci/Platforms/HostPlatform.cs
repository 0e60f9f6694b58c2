using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Engine.Oci.Platforms;

/// <summary>Finds out what this process runs on, in the words of images.</summary>
internal static class HostPlatform
{
    public static Platform Detect() => new Platform
    {
        Os = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin"
            : OperatingSystem.IsFreeBSD() ? "freebsd" : "linux",
        Architecture = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "amd64",
            Architecture.X86 => "386",
            Architecture.Arm64 => "arm64",
            Architecture.Arm or Architecture.Armv6 => "arm",
            Architecture.S390x => "s390x",
            Architecture.LoongArch64 => "loong64",
            Architecture.Ppc64le => "ppc64le",
            Architecture.RiscV64 => "riscv64",
            var other => other.ToString(),
        },
        Variant = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => Amd64Level(),
            Architecture.Armv6 => "v6",
            _ => null,
        },
    }.Normalized;

    // The x86-64 psABI's micro-architecture levels, by the instructions that tell them apart.
    private static string? Amd64Level()
    {
        bool v2 = Sse42.IsSupported && Popcnt.X64.IsSupported && Ssse3.IsSupported;
        bool v3 = v2
            && Avx2.IsSupported
            && Bmi1.X64.IsSupported && Bmi2.X64.IsSupported && Fma.IsSupported && Lzcnt.X64.IsSupported;
        bool v4 = v3 && Avx512F.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported
            && Avx512F.VL.IsSupported;
        return v4 ? "v4" : v3 ? "v3" : v2 ? "v2" : null;
    }
}
