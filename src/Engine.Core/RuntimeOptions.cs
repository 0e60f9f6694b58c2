namespace Engine.Core;

/// <summary>An OCI runtime of the administrator's own.</summary>
/// <param name="Path">The program: an absolute path, or a name on PATH.</param>
/// <param name="Arguments">Arguments before the runtime's own command.</param>
public sealed record RuntimeOptions(string Path, IReadOnlyList<string> Arguments);
