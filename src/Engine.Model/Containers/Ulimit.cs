namespace Engine;

/// <summary>A resource limit of a container's processes (setrlimit(2)).</summary>
/// <param name="Name">The limit's name without <c>RLIMIT_</c>, in lower case: <c>nofile</c>, <c>nproc</c> …</param>
/// <param name="Soft">The limit that holds; -1 for none.</param>
/// <param name="Hard">What a process may raise the soft limit to; -1 for no limit.</param>
public sealed record Ulimit(string Name, long Soft, long Hard);
