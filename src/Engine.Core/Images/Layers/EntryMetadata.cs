using Engine.Linux;
using Engine.Linux.Files;
using Engine.Oci;
using Engine.Oci.Layers.Tar;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Engine.Core.Images.Layers;

/// <summary>
/// Gives what was unpacked its owner, mode, attributes and times, in this order: a change of the owner clears
/// set-user-ID and file capabilities, and whatever is done last would change the times.
/// </summary>
internal sealed partial class EntryMetadata(ILogger logger)
{
    private bool _warned;

    public static FileTime TimeOf(TarEntry entry) => new(entry.ModifiedSeconds, entry.ModifiedNanoseconds);

    public void Apply(TarEntry entry, SafeFileHandle file)
    {
        file.SetOwner(entry.Uid, entry.Gid);
        file.SetMode((uint)entry.Mode);
        foreach (var attribute in AttributesOf(entry))
        {
            try
            {
                file.SetAttribute(attribute.Name.Span, attribute.Value.Span);
            }
            catch (Exception error) when (IsNotKept(error))
            {
                Warn(entry, attribute, error);
            }
        }

        file.SetTimes(TimeOf(entry), TimeOf(entry));
    }

    public void Apply(TarEntry entry, ReadOnlySpan<byte> path, RootedDirectory root)
    {
        ApplyWithoutTimes(entry, path, root);
        root.SetTimes(path, TimeOf(entry), TimeOf(entry));
    }

    public void ApplyWithoutTimes(TarEntry entry, ReadOnlySpan<byte> path, RootedDirectory root)
    {
        root.SetOwner(path, entry.Uid, entry.Gid);
        root.SetMode(path, (uint)entry.Mode);
        ApplyAttributes(entry, path, root);
    }

    /// <summary>
    /// As <see cref="Apply(TarEntry, ReadOnlySpan{byte}, RootedDirectory)"/>, for a symbolic link: Linux keeps no mode
    /// for it.
    /// </summary>
    public void ApplyToLink(TarEntry entry, ReadOnlySpan<byte> path, RootedDirectory root)
    {
        root.SetOwner(path, entry.Uid, entry.Gid);
        ApplyAttributes(entry, path, root);
        root.SetTimes(path, TimeOf(entry), TimeOf(entry));
    }

    public void Skipped(TarEntry entry) => SkippedEntry(logger, entry.DisplayName, entry.TypeFlag);

    private void ApplyAttributes(TarEntry entry, ReadOnlySpan<byte> path, RootedDirectory root)
    {
        foreach (var attribute in AttributesOf(entry))
        {
            try
            {
                root.SetAttribute(path, attribute.Name.Span, attribute.Value.Span);
            }
            catch (Exception error) when (IsNotKept(error))
            {
                Warn(entry, attribute, error);
            }
        }
    }

    private static IEnumerable<TarXattr> AttributesOf(TarEntry entry) =>
        entry.Xattrs.Where(attribute => !LayerAttributes.IsOverlays(attribute.Name.Span));

    // As Docker and tar: an attribute that this file system or this kernel does not keep (ENOTSUP 95; EPERM for user.*
    // on links and devices; EINVAL 22 for an access list of users unknown here) does not make the image unusable.
    private static bool IsNotKept(Exception error) =>
        error is LinuxException { Errno: 95 or 22 } or EngineException { Reason: EngineErrorReason.PermissionDenied };

    private void Warn(TarEntry entry, TarXattr attribute, Exception error)
    {
        // One message a layer: SELinux labels alone would be one a file.
        if (!_warned)
        {
            _warned = true;
            AttributeNotKept(logger, Shown.Text(attribute.Name.Span), entry.DisplayName, error.Message);
        }
    }

    [LoggerMessage(
        310, LogLevel.Warning,
        "The attribute {Attribute} of '{Entry}' is not kept, nor are others like it in this layer: {Cause}")]
    private static partial void AttributeNotKept(ILogger logger, string attribute, string entry, string cause);

    [LoggerMessage(311, LogLevel.Debug, "'{Entry}' is of the type '{Type}', which is not unpacked")]
    private static partial void SkippedEntry(ILogger logger, string entry, char type);
}
