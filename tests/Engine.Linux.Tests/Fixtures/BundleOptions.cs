namespace Engine.Linux.Tests.Fixtures;

public sealed record BundleOptions
{
    public required string[] Command { get; init; }

    public bool Terminal { get; init; }

    public long? MemoryLimit { get; init; }
}
