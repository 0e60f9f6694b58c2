using Engine.Linux.Files;
using Engine.Oci.Layers.Tar;

namespace Engine.Core.Images.Layers;

/// <summary>Describes what lies in a tree as an entry of a tar.</summary>
internal static class TreeEntry
{
    /// <summary>An entry with all that the file system says of it.</summary>
    public static TarEntry Of(
        byte[] name, FileStatus status, IReadOnlyList<(byte[] Name, byte[] Value)> attributes, byte[]? target = null) => new()
        {
            Type = TypeOf(status.Kind),
            TypeFlag = ' ',
            Name = name,
            LinkName = target,
            Mode = (int)status.Mode,
            Uid = status.UserId,
            Gid = status.GroupId,
            ModifiedSeconds = status.ModificationTime.Seconds,
            ModifiedNanoseconds = status.ModificationTime.Nanoseconds,
            Size = status.Kind == FileKind.Regular ? status.Size : 0,
            StoredSize = status.Kind == FileKind.Regular ? status.Size : 0,
            DeviceMajor = IsDevice(status) ? status.RepresentedDevice.Major : 0,
            DeviceMinor = IsDevice(status) ? status.RepresentedDevice.Minor : 0,
            Xattrs = [.. attributes.Where(attribute => IsCarried(attribute.Name)).Select(
                attribute => new TarXattr(attribute.Name, attribute.Value))],
        };

    /// <summary>Another name of a file that was written before.</summary>
    public static TarEntry Link(byte[] name, byte[] first, FileStatus status) => Of(name, status, []) with
    {
        Type = TarEntryType.HardLink,
        LinkName = first,
        Size = 0,
        StoredSize = 0,
        DeviceMajor = 0,
        DeviceMinor = 0,
    };

    /// <summary>A white-out: an empty file that is nothing but its name.</summary>
    public static TarEntry Mark(byte[] name) => new() { Type = TarEntryType.File, TypeFlag = ' ', Name = name };

    public static bool IsOpaqueMark((byte[] Name, byte[] Value) attribute) =>
        attribute.Name.AsSpan().SequenceEqual(LayerAttributes.Opaque) && attribute.Value is [(byte)'y'];

    private static TarEntryType TypeOf(FileKind kind) => kind switch
    {
        FileKind.Directory => TarEntryType.Directory,
        FileKind.SymbolicLink => TarEntryType.SymbolicLink,
        FileKind.CharacterDevice => TarEntryType.CharacterDevice,
        FileKind.BlockDevice => TarEntryType.BlockDevice,
        FileKind.Fifo => TarEntryType.Fifo,
        _ => TarEntryType.File,
    };

    private static bool IsDevice(FileStatus status) => status.Kind is FileKind.CharacterDevice or FileKind.BlockDevice;

    // Labels and seals are this host's: on another one they would be wrong, and keep files from being opened.
    private static bool IsCarried(ReadOnlySpan<byte> name) =>
        !LayerAttributes.IsOverlays(name) && !name.SequenceEqual("security.selinux"u8)
        && !name.SequenceEqual("security.ima"u8) && !name.SequenceEqual("security.evm"u8);
}
