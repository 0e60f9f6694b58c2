namespace Engine;

/// <summary>A device of the host that a container may use.</summary>
public sealed record ContainerDevice
{
    /// <summary>The device's path on the host; a directory stands for every device below it.</summary>
    public required string Source { get; init; }

    /// <summary>The path in the container. Null: the same as <see cref="Source"/>.</summary>
    public string? Target { get; init; }

    /// <summary>Any of <c>r</c>, <c>w</c> and <c>m</c> (mknod).</summary>
    public string Permissions { get; init; } = "rwm";
}
