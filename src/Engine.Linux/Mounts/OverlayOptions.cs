namespace Engine.Linux.Mounts;

/// <summary>What an overlay mount is made of. All paths are absolute.</summary>
public sealed record OverlayOptions
{
    /// <summary>The read-only directories, topmost first; one at least, 500 at most (a limit of the kernel).</summary>
    public required IReadOnlyList<string> Lower { get; init; }

    /// <summary>Where changes go; null for a read-only mount, which needs two lower directories.</summary>
    public string? Upper { get; init; }

    /// <summary>An empty directory on the file system of <see cref="Upper"/>; given exactly when that is.</summary>
    public string? Work { get; init; }

    /// <summary>The existing directory to mount on.</summary>
    public required string Target { get; init; }

    /// <summary>
    /// Keep overlay's marks in user.overlay.* rather than trusted.overlay.*: the only ones that a user namespace may
    /// write (Linux 5.11).
    /// </summary>
    public bool UserAttributes { get; init; }
}
