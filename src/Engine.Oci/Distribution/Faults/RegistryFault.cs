using System.Net;

namespace Engine.Oci.Distribution.Faults;

/// <summary>
/// A failed exchange with a registry, inside this client: what its users will see, and what decides whether it is tried
/// again.
/// </summary>
internal sealed class RegistryFault(EngineException error) : Exception(error.Message, error)
{
    /// <summary>What is thrown in the end.</summary>
    public EngineException Error => error;

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether there was no connection, or none with TLS, so that nothing was sent.</summary>
    public bool IsConnectFailure { get; init; }

    /// <summary>What the registry answered, if it did.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the registry asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The registry breaks the protocol, or says what cannot be.</summary>
    public static RegistryFault Protocol(string registry, string fault, string? target, bool isTransient = false) =>
        new(new EngineException(
            EngineErrorCode.Unavailable,
            EngineErrorReason.RegistryFailed,
            $"The registry {registry} cannot be used for '{target ?? registry}': {fault}.",
            target))
        {
            IsTransient = isTransient,
        };

    /// <summary>The registry sends something else than what was asked for.</summary>
    public static RegistryFault Corrupt(
        string registry, string reason, string fault, string target, bool isTransient) =>
        new(new EngineException(
            EngineErrorCode.Corrupt,
            reason,
            $"What the registry {registry} sends for '{target}' is wrong: {fault}.",
            target))
        {
            IsTransient = isTransient,
        };
}
