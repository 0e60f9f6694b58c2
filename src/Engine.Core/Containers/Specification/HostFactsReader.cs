using System.Globalization;
using System.Runtime.InteropServices;
using Engine.Core.Containers.Lifecycle;
using Engine.Linux.Cgroups;
using Engine.Linux.Host;

namespace Engine.Core.Containers.Specification;

/// <summary>Reads what specifications depend on from the kernel's own files (proc(5)).</summary>
internal static class HostFactsReader
{
    public static HostFacts Read(HostCgroups cgroups) => new()
    {
        Kernel = Environment.OSVersion.Version,
        Architecture = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "amd64",
            Architecture.X86 => "386",
            Architecture.Arm64 => "arm64",
            Architecture.Arm or Architecture.Armv6 => "arm",
            Architecture.Ppc64le => "ppc64le",
            var other => other.ToString().ToLowerInvariant(),
        },
        CgroupV2 = cgroups.Hierarchy.Version == CgroupVersion.V2,
        Processors = Environment.ProcessorCount,
        Capabilities = ProcessCapabilities.Read().Bounding,
        OomScoreAdjust = int.Parse(File.ReadAllText("/proc/self/oom_score_adj"), CultureInfo.InvariantCulture),
    };
}
