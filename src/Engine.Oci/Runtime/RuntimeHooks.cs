namespace Engine.Oci.Runtime;

/// <summary>
/// Programs that run at the turns of a container's life (runtime-spec, config.md, "POSIX-platform Hooks").
/// </summary>
public sealed record RuntimeHooks
{
    /// <summary>In the runtime's namespaces, once the container's are made.</summary>
    public IReadOnlyList<RuntimeHook>? CreateRuntime { get; init; }

    /// <summary>In the container's namespaces, before pivot_root(2).</summary>
    public IReadOnlyList<RuntimeHook>? CreateContainer { get; init; }

    /// <summary>In the container, before its program.</summary>
    public IReadOnlyList<RuntimeHook>? StartContainer { get; init; }

    /// <summary>After the program has started.</summary>
    public IReadOnlyList<RuntimeHook>? Poststart { get; init; }

    /// <summary>After the container was deleted.</summary>
    public IReadOnlyList<RuntimeHook>? Poststop { get; init; }
}
