namespace Engine;

/// <summary>A registry whose credential is known on this machine.</summary>
public sealed record RegistrySession
{
    /// <summary>The registry's host, with its port if it has one.</summary>
    public required string Registry { get; init; }

    /// <summary>The user's name; empty where a token stands for it.</summary>
    public string Username { get; init; } = "";

    /// <summary>Where the credential is kept: the file's path, or the credential helper's name.</summary>
    public string Store { get; init; } = "";

    /// <summary>The engine that checked it.</summary>
    public EngineConnection? Engine { get; init; }
}
