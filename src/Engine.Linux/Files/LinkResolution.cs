namespace Engine.Linux.Files;

/// <summary>What a <see cref="RootedDirectory"/> does with symbolic links in the middle of a path.</summary>
public enum LinkResolution
{
    /// <summary>
    /// As inside a chroot: an absolute target starts at the root, and <c>..</c> stops there (openat2(2),
    /// RESOLVE_IN_ROOT). What a container's own file system means.
    /// </summary>
    InRoot,

    /// <summary>A path that would leave the root, even on its way, is an error (RESOLVE_BENEATH).</summary>
    Beneath,

    /// <summary>Any symbolic link in the middle of a path is an error (RESOLVE_NO_SYMLINKS).</summary>
    None,
}
