namespace Engine.Integration.Tests.Harness;

/// <summary>How a test's engine differs from any other.</summary>
public sealed record TestEngineOptions
{
    /// <summary>Keys of daemon.json.</summary>
    public IReadOnlyDictionary<string, object> Settings { get; init; } = new Dictionary<string, object>();

    /// <summary>How much it logs.</summary>
    public string LogLevel { get; init; } = "info";

    /// <summary>More arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables of engined's process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Another engine's data root, which stays when this one ends; null for a directory of its own.</summary>
    public string? DataRoot { get; init; }

    /// <summary>The size of a tmpfs to keep the data on, as mount(8) takes it; null for the disk.</summary>
    public string? TmpfsSize { get; init; }
}
