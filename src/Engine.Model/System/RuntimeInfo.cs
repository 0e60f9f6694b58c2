namespace Engine;

/// <summary>An OCI runtime that an engine can use.</summary>
/// <param name="Name">The name that containers ask for.</param>
/// <param name="Path">The program.</param>
/// <param name="Version">What the program says of its version.</param>
public sealed record RuntimeInfo(string Name, string Path, string Version);
