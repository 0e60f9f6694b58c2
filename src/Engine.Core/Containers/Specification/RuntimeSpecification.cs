using Engine.Oci.Runtime;

namespace Engine.Core.Containers.Specification;

/// <summary>Makes the specification of a run (OCI runtime-spec, config.md). Pure: all that it needs is in its input.</summary>
internal static class RuntimeSpecification
{
    /// <summary>The version that crun 1.8 and runc 1.1, the oldest in use, both read.</summary>
    private const string Version = "1.0.2";

    public static RuntimeSpec Of(SpecificationInput input)
    {
        var configuration = input.Record.Configuration;
        var ownUts = configuration.UtsMode != "host";
        return new RuntimeSpec
        {
            OciVersion = Version,
            Root = new RuntimeRoot { Path = input.RootFileSystem, Readonly = configuration.ReadOnlyRootFileSystem },
            Process = ProcessSection.Of(input),
            Hostname = ownUts ? Hostname(input) : null,
            Domainname = ownUts && configuration.DomainName is { Length: > 0 } domain ? domain : null,
            Mounts = MountSection.Of(input),
            Annotations = Annotations(input),
            Linux = new LinuxSpec
            {
                Namespaces = NamespaceSection.Of(input),
                CgroupsPath = input.Cgroup,
                Resources = ResourceSection.Of(input),
                Devices = DeviceSection.Nodes(input),
                Sysctl = Sysctls(configuration),
                Seccomp = input.Seccomp,
                MaskedPaths = ProtectedPaths.Masked(configuration),
                ReadonlyPaths = ProtectedPaths.ReadOnly(configuration),
                RootfsPropagation = MountSection.RootPropagation(configuration.Mounts),
            },
        };
    }

    private static Dictionary<string, string>? Annotations(SpecificationInput input)
    {
        var annotations = new Dictionary<string, string>(input.Record.Configuration.Annotations, StringComparer.Ordinal);
        if (input.SeccompProgram is { } program)
        {
            // crun(1): the program takes the place of the seccomp section, which other runtimes go by.
            annotations["run.oci.seccomp_bpf_data"] = Convert.ToBase64String(program);
        }

        return annotations.Count == 0 ? null : annotations;
    }

    /// <summary>Docker's host name: what was asked for, or the short id.</summary>
    public static string Hostname(SpecificationInput input) =>
        input.Record.Configuration.Hostname is { Length: > 0 } name ? name : input.Record.Id[..12];

    private static Dictionary<string, string>? Sysctls(ContainerConfiguration configuration)
    {
        var sysctls = new Dictionary<string, string>(StringComparer.Ordinal);
        if (configuration.NetworkMode != "host")
        {
            // Docker's defaults in a network namespace of its own: any port may be bound, and anyone may ping.
            sysctls["net.ipv4.ip_unprivileged_port_start"] = "0";
            sysctls["net.ipv4.ping_group_range"] = "0 2147483647";
        }

        foreach (var (name, value) in configuration.Sysctls)
        {
            sysctls[name] = value;
        }

        return sysctls.Count == 0 ? null : sysctls;
    }
}
