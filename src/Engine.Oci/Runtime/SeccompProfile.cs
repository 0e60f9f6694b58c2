using System.Text.Json;

namespace Engine.Oci.Runtime;

/// <summary>
/// A seccomp profile as Docker and Podman keep it (containers/common, seccomp.json): rules with conditions, for all
/// machines and containers at once. <see cref="Resolve"/> makes the filter for one.
/// </summary>
public sealed record SeccompProfile
{
    /// <summary>The most bytes that a profile may have; the default one has 16 KiB.</summary>
    public const int MaxSize = 1024 * 1024;

    /// <summary>What becomes of a call that no rule names.</summary>
    public required string DefaultAction { get; init; }

    /// <summary>The error that such a call returns, as a number.</summary>
    public uint? DefaultErrnoRet { get; init; }

    /// <summary>The same error by name; it counts before the number.</summary>
    public string? DefaultErrno { get; init; }

    /// <summary>The architectures, when there is no map of them.</summary>
    public IReadOnlyList<string>? Architectures { get; init; }

    /// <summary>For each machine: its architecture, and those whose calls it also runs.</summary>
    public IReadOnlyList<SeccompArchitecture>? ArchMap { get; init; }

    /// <summary>Flags of seccomp(2).</summary>
    public IReadOnlyList<string>? Flags { get; init; }

    /// <summary>The rules.</summary>
    public IReadOnlyList<SeccompProfileRule>? Syscalls { get; init; }

    /// <summary>Reads a profile.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidSeccompProfile"/>.</exception>
    public static SeccompProfile Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxSize)
        {
            throw Invalid($"it is larger than {MaxSize} bytes");
        }

        try
        {
            SeccompProfile profile = JsonSerializer.Deserialize(json, RuntimeJsonContext.Default.SeccompProfile)
                ?? throw Invalid("it is null");
            SeccompProfileRules.Check(profile);
            return profile;
        }
        catch (JsonException e)
        {
            throw Invalid(e.Message, e);
        }
    }

    /// <summary>Makes the filter for one container on one machine.</summary>
    /// <param name="capabilities">The container's bounding set, as <c>CAP_…</c> names.</param>
    /// <param name="architecture">The machine's architecture, as Go names it: <c>amd64</c>.</param>
    /// <param name="kernel">The kernel's version; only major and minor count.</param>
    public LinuxSeccomp Resolve(IReadOnlyCollection<string> capabilities, string architecture, Version kernel)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(kernel);
        return SeccompResolution.Resolve(this, capabilities, architecture, kernel);
    }

    internal static EngineException Invalid(string fault, Exception? inner = null) => new(
        EngineErrorCode.InvalidArgument,
        EngineErrorReason.InvalidSeccompProfile,
        $"The seccomp profile is not valid: {fault.TrimEnd('.')}.",
        null,
        inner);
}
