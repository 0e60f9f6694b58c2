using System.Management.Automation;

namespace Engine.Commands;

public abstract partial class ContainerCreationCmdlet
{
    private const string Unconfined = "unconfined";

    /// <summary>Capabilities beyond the default ones, with or without <c>CAP_</c>; <c>ALL</c> for all.</summary>
    [Parameter]
    [CapabilityCompletions]
    public string[] CapAdd { get; set; } = [];

    /// <summary>Capabilities to take away, with or without <c>CAP_</c>; <c>ALL</c> for all.</summary>
    [Parameter]
    [CapabilityCompletions]
    public string[] CapDrop { get; set; } = [];

    /// <summary>All capabilities, all devices, and none of seccomp, masked or read-only paths.</summary>
    [Parameter]
    public SwitchParameter Privileged { get; set; }

    /// <summary>
    /// docker's strings: <c>no-new-privileges[=true|false]</c>, <c>seccomp=unconfined|builtin|&lt;path&gt;</c>,
    /// <c>systempaths=unconfined</c>.
    /// </summary>
    [Parameter]
    [ArgumentCompletions("no-new-privileges", "seccomp=unconfined", "seccomp=builtin", "systempaths=unconfined")]
    public string[] SecurityOption { get; set; } = [];

    /// <summary>The seccomp filter: <c>unconfined</c>, or the path of a profile on this machine. By default the engine's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SeccompProfile { get; set; }

    /// <summary>No process may gain privileges by running a setuid program.</summary>
    [Parameter]
    public SwitchParameter NoNewPrivileges { get; set; }

    private ContainerConfiguration ConfigureSecurity(ContainerConfiguration configuration)
    {
        configuration = configuration with
        {
            CapabilitiesToAdd = CapAdd,
            CapabilitiesToDrop = CapDrop,
            Privileged = Privileged,
        };
        foreach (string option in SecurityOption)
        {
            configuration = Apply(configuration, option);
        }

        return configuration with
        {
            NoNewPrivileges = configuration.NoNewPrivileges || NoNewPrivileges,
            SeccompProfile = SeccompProfile is null ? configuration.SeccompProfile : ReadProfile(SeccompProfile),
        };
    }

    // docker takes ':' for '=' too, from its first versions.
    private ContainerConfiguration Apply(ContainerConfiguration configuration, string option) =>
        option.Split(['=', ':'], 2) switch
        {
            ["no-new-privileges"] => configuration with { NoNewPrivileges = true },
            ["no-new-privileges", var value] when bool.TryParse(value, out bool on) =>
                configuration with { NoNewPrivileges = on },
            ["seccomp", "builtin"] => configuration with { SeccompProfile = null },
            ["seccomp", { Length: > 0 } profile] => configuration with { SeccompProfile = ReadProfile(profile) },
            ["systempaths", Unconfined] => configuration with { MaskedPaths = [], ReadOnlyPaths = [] },
            _ => throw Malformed(
                nameof(SecurityOption),
                option,
                "known are no-new-privileges, seccomp=unconfined|builtin|<path> and systempaths=unconfined"),
        };

    // The profile is a file of the user's machine, which the engine may not be on.
    private string ReadProfile(string profile) =>
        profile == Unconfined ? Unconfined : File.ReadAllText(GetUnresolvedProviderPathFromPSPath(profile));
}
