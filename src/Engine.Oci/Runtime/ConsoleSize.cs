namespace Engine.Oci.Runtime;

/// <summary>A terminal's size, in characters.</summary>
public sealed record ConsoleSize
{
    /// <summary>The number of rows.</summary>
    public uint Height { get; init; }

    /// <summary>The number of columns.</summary>
    public uint Width { get; init; }
}
