using System.Management.Automation;

namespace Engine.Commands;

public abstract partial class ContainerCreationCmdlet
{
    /// <summary>The host name. By default the first 12 characters of the id.</summary>
    [Parameter]
    public string? Hostname { get; set; }

    /// <summary>The NIS domain name.</summary>
    [Parameter]
    public string? DomainName { get; set; }

    /// <summary>The network: <c>none</c>, the default, or <c>host</c>.</summary>
    [Parameter]
    [ArgumentCompletions("none", "host")]
    public string? Network { get; set; }

    /// <summary>The PID namespace: <c>private</c>, <c>host</c> or <c>container:&lt;name&gt;</c>.</summary>
    [Parameter]
    [ArgumentCompletions("private", "host")]
    public string? Pid { get; set; }

    /// <summary>The IPC namespace: <c>private</c>, <c>none</c>, <c>shareable</c>, <c>host</c> or <c>container:&lt;name&gt;</c>.</summary>
    [Parameter]
    [ArgumentCompletions("private", "none", "shareable", "host")]
    public string? Ipc { get; set; }

    /// <summary>The UTS namespace: <c>private</c> or <c>host</c>.</summary>
    [Parameter]
    [ArgumentCompletions("private", "host")]
    public string? Uts { get; set; }

    /// <summary>The cgroup namespace: <c>private</c> or <c>host</c>.</summary>
    [Parameter]
    [ArgumentCompletions("private", "host")]
    public string? CgroupNamespace { get; set; }

    /// <summary>Kernel parameters of the container's own namespaces: a hashtable or <c>key=value</c>.</summary>
    [Parameter]
    [KeyValueTransformation]
    public string[] Sysctl { get; set; } = [];

    private ContainerConfiguration ConfigureNamespaces(ContainerConfiguration configuration) => configuration with
    {
        Hostname = Hostname,
        DomainName = DomainName,
        NetworkMode = Network,
        PidMode = Pid,
        IpcMode = Ipc,
        UtsMode = Uts,
        CgroupNamespaceMode = CgroupNamespace,
        Sysctls = Pairs(nameof(Sysctl), Sysctl),
    };
}
