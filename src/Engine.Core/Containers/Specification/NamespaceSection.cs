using Engine.Core.Containers.Configuration;
using Engine.Oci.Runtime;

namespace Engine.Core.Containers.Specification;

/// <summary>The part of a specification that says which namespaces are the container's own.</summary>
internal static class NamespaceSection
{
    public static IReadOnlyList<LinuxNamespace> Of(SpecificationInput input)
    {
        var configuration = input.Record.Configuration;
        var namespaces = new List<LinuxNamespace> { new() { Type = "mount" } };
        if (configuration.NetworkMode != "host")
        {
            namespaces.Add(new LinuxNamespace { Type = "network" });
        }

        if (configuration.UtsMode != "host")
        {
            namespaces.Add(new LinuxNamespace { Type = "uts" });
        }

        Add(configuration.PidMode, "pid", "pid");
        Add(configuration.IpcMode, "ipc", "ipc");
        if (input.CgroupNamespaceMode == "private")
        {
            namespaces.Add(new LinuxNamespace { Type = "cgroup" });
        }

        return namespaces;

        void Add(string? mode, string type, string file)
        {
            if (mode == "host")
            {
                return;
            }

            // A namespace that is not the container's own is entered through a process that is in it (setns(2)).
            namespaces.Add(new LinuxNamespace
            {
                Type = type,
                Path = NamespaceRules.SharedWith(mode) is null ? null : $"/proc/{input.SharedNamespaces[type]}/ns/{file}",
            });
        }
    }
}
