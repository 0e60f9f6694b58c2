using System.Text;
using Engine.Core.Containers.Specification;
using Engine.Linux.Seccomp;
using Engine.Oci.Runtime;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>Chooses the seccomp filter of a container.</summary>
internal sealed class SeccompFilters
{
    public const string Unconfined = "unconfined";

    /// <summary>The profile that the makers of the runtimes keep up to date (Debian: golang-github-containers-common).</summary>
    private static readonly string[] s_hostProfiles =
        ["/etc/containers/seccomp.json", "/usr/share/containers/seccomp.json"];

    private readonly HostFacts _host;
    private readonly SeccompProfile? _default;

    // Most containers have the default capabilities: what the profile comes to for them is worked out once.
    private readonly Lazy<LinuxSeccomp?> _usual;
    private readonly Lazy<byte[]?> _usualProgram;

    public SeccompFilters(EngineOptions options, HostFacts host)
    {
        _host = host;
        _default = ReadDefault(options.SeccompProfile);
        _usual = new Lazy<LinuxSeccomp?>(() => Resolve(
            _default, [.. CapabilityNames.Default.Where(host.Capabilities.Contains)]));
        _usualProgram = new Lazy<byte[]?>(() => _usual.Value is { } filter ? Compile(filter) : null);
    }

    /// <summary>False when containers run without a filter unless they bring one.</summary>
    public bool HasDefault => _default is not null;

    public LinuxSeccomp? For(ContainerConfiguration configuration, IReadOnlyList<string> capabilities) =>
        configuration.SeccompProfile switch
        {
            // Docker's rule: a privileged container is confined only by a profile that it asks for itself.
            null => configuration.Privileged ? null
                : configuration.CapabilitiesToAdd.Count + configuration.CapabilitiesToDrop.Count == 0 ? _usual.Value
                : Resolve(_default, capabilities),
            Unconfined => null,
            var json => Resolve(SeccompProfile.Parse(Encoding.UTF8.GetBytes(json)), capabilities),
        };

    /// <summary>
    /// The filter compiled, if it is the usual one: it is compiled once, where a runtime compiles it at every start. Null
    /// for any other, which is not worth keeping.
    /// </summary>
    public byte[]? ProgramOf(LinuxSeccomp? filter) =>
        filter is not null && ReferenceEquals(filter, _usual.Value) ? _usualProgram.Value : null;

    private static byte[]? Compile(LinuxSeccomp filter) => filter.Flags is { Count: > 0 }
        ? null
        : FilterProgram.TryCompile(
            filter.DefaultAction, filter.DefaultErrnoRet, filter.Architectures ?? [],
            [
                .. (filter.Syscalls ?? []).Select(static rule => new FilterRule(
                    rule.Names, rule.Action, rule.ErrnoRet,
                    [.. (rule.Args ?? []).Select(static argument => new FilterArgument(
                        argument.Index, argument.Op, argument.Value, argument.ValueTwo))])),
            ]);

    private LinuxSeccomp? Resolve(SeccompProfile? profile, IReadOnlyList<string> capabilities) =>
        profile?.Resolve(capabilities, _host.Architecture, _host.Kernel);

    private static SeccompProfile? ReadDefault(string? configured)
    {
        if (configured == Unconfined)
        {
            return null;
        }

        var path = configured is null or "builtin" ? s_hostProfiles.FirstOrDefault(File.Exists) : configured;
        return path is null
            // Confinement is never dropped in silence: who wants none says so.
            ? throw new EngineException(
                EngineErrorCode.Unavailable, EngineErrorReason.RuntimeNotFound,
                $"No seccomp profile was found (looked for {string.Join(", ", s_hostProfiles)}). Install Debian's package golang-github-containers-common, or set 'seccomp-profile' in the engine's configuration.")
            : SeccompProfile.Parse(File.ReadAllBytes(path));
    }
}
