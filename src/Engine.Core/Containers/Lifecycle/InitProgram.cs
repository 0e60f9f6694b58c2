namespace Engine.Core.Containers.Lifecycle;

/// <summary>Finds the init that is put into containers as process 1. It must be static: it runs in any image.</summary>
internal static class InitProgram
{
    private static readonly string[] s_known =
    [
        "/usr/local/libexec/docker/docker-init", "/usr/libexec/docker/docker-init", "/usr/local/bin/docker-init",
        "/usr/bin/docker-init", "/usr/bin/tini-static", "/usr/libexec/podman/catatonit", "/usr/bin/catatonit",
    ];

    /// <exception cref="EngineException"><see cref="EngineErrorReason.RuntimeNotFound"/>.</exception>
    public static string Find(string? configured)
    {
        IEnumerable<string> candidates = configured is null ? s_known : [configured];
        return candidates.FirstOrDefault(File.Exists) ?? throw new EngineException(
            EngineErrorCode.Unavailable, EngineErrorReason.RuntimeNotFound,
            $"No init program was found (looked for {string.Join(", ", candidates)}). Install Debian's package tini, or set 'init-path' in the engine's configuration.",
            configured);
    }
}
