namespace Engine.Linux.Mounts;

/// <summary>Mounts a file system in memory.</summary>
public static class TmpfsMount
{
    /// <summary>Mounts an empty tmpfs.</summary>
    /// <param name="target">The existing directory to mount on.</param>
    /// <param name="size">The most bytes it may hold; null for the kernel's default, half of the memory.</param>
    /// <param name="mode">The permission bits of its root.</param>
    /// <param name="attributes">Restrictions.</param>
    /// <param name="maxFiles">The most inodes; null for the kernel's default.</param>
    public static void Attach(
        string target, long? size = null, uint mode = 0x1ED /* 0755 */, MountAttributes attributes = MountAttributes.None, long? maxFiles = null)
    {
        using FileSystemContext context = FileSystemContext.Open("tmpfs");
        context.SetString("mode", Convert.ToString(mode & 0xFFF, 8), target);
        if (size is { } bytes)
        {
            context.SetString("size", bytes.ToString(System.Globalization.CultureInfo.InvariantCulture), target);
        }

        if (maxFiles is { } inodes)
        {
            context.SetString("nr_inodes", inodes.ToString(System.Globalization.CultureInfo.InvariantCulture), target);
        }

        context.Attach(target, attributes);
    }
}
