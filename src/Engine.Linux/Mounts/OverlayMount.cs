using Engine.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Mounts;

/// <summary>
/// Mounts overlayfs. <c>index</c>, <c>metacopy</c> and <c>redirect_dir</c> are switched off whatever the host's defaults
/// are: with them an upper directory alone is no complete difference (renamed directories and changed owners become
/// references into the layers below), and it could neither be committed as a layer nor compared
/// (Documentation/filesystems/overlayfs.rst, "Renaming directories", "Metadata only copy up"; "index" also refuses an
/// upper directory that was moved with the data root).
/// </summary>
public static class OverlayMount
{
    /// <summary>The most lower directories that the kernel takes (OVL_MAX_STACK).</summary>
    public const int MaxLower = 500;

    private static readonly (string Key, string Value)[] s_fixed = [("index", "off"), ("metacopy", "off"), ("redirect_dir", "off")];

    /// <summary>Set once the kernel was seen to lack <c>lowerdir+</c> (before Linux 6.8).</summary>
    private static volatile bool s_wholeListOnly;

    /// <summary>Mounts.</summary>
    /// <exception cref="LinuxException">A directory is missing (ENOENT), or the kernel refused; its own reason is in the message.</exception>
    public static void Attach(OverlayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Lower.Count is 0 or > MaxLower || (options.Upper is null) != (options.Work is null))
        {
            throw new ArgumentException(
                $"An overlay takes 1 to {MaxLower} lower directories, and upper and work together.", nameof(options));
        }

        using PathPins pins = new();
        if (s_wholeListOnly || !TryAttachByLayer(options, pins))
        {
            s_wholeListOnly = true;
            AttachWhole(options, pins);
        }
    }

    /// <summary>One fsconfig(2) call a layer: no limit on the length of the list. False where the kernel is too old.</summary>
    private static bool TryAttachByLayer(OverlayOptions options, PathPins pins)
    {
        using FileSystemContext context = FileSystemContext.Open("overlay");
        bool first = true;
        foreach (string lower in options.Lower)
        {
            if (!context.TrySetString("lowerdir+", pins.Argument(lower), out int error))
            {
                // The kernel answers EINVAL for a key it does not know; for one it knows it looks at the value.
                return first && error == EINVAL ? false : throw context.Failure(error, "fsconfig", lower);
            }

            first = false;
        }

        if (options is { Upper: { } upper, Work: { } work })
        {
            context.SetString("upperdir", pins.Argument(upper), upper);
            context.SetString("workdir", pins.Argument(work), work);
        }

        // What mount tables show as the device; the kernel would write "none".
        context.SetString("source", "overlay", options.Target);
        foreach ((string key, string value) in s_fixed)
        {
            context.SetString(key, value, options.Target);
        }

        if (options.UserAttributes)
        {
            context.SetFlag("userxattr", options.Target);
        }

        context.Attach(options.Target, MountAttributes.None);
        return true;
    }

    /// <summary>mount(2): all options in one page. Paths go in as descriptors when they would not fit.</summary>
    internal static void AttachWhole(OverlayOptions options, PathPins pins)
    {
        string data = Data(options, pins.Argument);
        if (data.Length >= Utf8Path.MaxLength)
        {
            data = Data(options, pins.Pin);
        }

        MountCall.Mount("overlay", options.Target, "overlay", 0, data);
    }

    private static string Data(OverlayOptions options, Func<string, string> argument)
    {
        List<string> parts = ["lowerdir=" + string.Join(':', options.Lower.Select(argument))];
        if (options is { Upper: { } upper, Work: { } work })
        {
            parts.Add("upperdir=" + argument(upper));
            parts.Add("workdir=" + argument(work));
        }

        parts.AddRange(s_fixed.Select(option => $"{option.Key}={option.Value}"));
        if (options.UserAttributes)
        {
            parts.Add("userxattr");
        }

        return string.Join(',', parts);
    }
}
