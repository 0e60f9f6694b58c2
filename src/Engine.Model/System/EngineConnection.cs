namespace Engine;

/// <summary>Names an engine: what <c>Connect-Engine</c> returns, and what every object remembers of where it came from.</summary>
/// <param name="Uri">The engine's address, such as <c>unix:///run/engine/engine.sock</c>.</param>
public sealed record EngineConnection(Uri Uri)
{
    /// <summary>The address of the engine that a machine has by default.</summary>
    public static readonly Uri DefaultUri = new("unix:///run/engine/engine.sock");

    /// <summary>A short name for the engine, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The id of the engine's process, where this session started it; else null.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The version of the engine when it was connected to, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The name, or the address.</summary>
    public override string ToString() => Name ?? Uri.ToString();
}
