using System.Formats.Tar;
using System.Text;

namespace Engine.Integration.Tests.Harness;

/// <summary>Writes a layer, or the tar of a root file system, entry by entry.</summary>
internal sealed class TestLayer : IDisposable
{
    public const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly MemoryStream _stream = new();
    private readonly TarWriter _tar;

    public TestLayer() => _tar = new TarWriter(_stream, TarEntryFormat.Pax, leaveOpen: true);

    public TestLayer File(string name, string content, UnixFileMode mode = Executable, int user = 0, int group = 0) =>
        Write(new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            Mode = mode,
            Uid = user,
            Gid = group,
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
        });

    public TestLayer Directory(string name, UnixFileMode mode = Executable) =>
        Write(new PaxTarEntry(TarEntryType.Directory, name) { Mode = mode });

    public TestLayer SymbolicLink(string name, string target) =>
        Write(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target, Mode = Executable });

    public TestLayer HardLink(string name, string target) =>
        Write(new PaxTarEntry(TarEntryType.HardLink, name) { LinkName = target, Mode = Executable });

    public TestLayer Device(string name, int major, int minor) =>
        Write(new PaxTarEntry(
            TarEntryType.CharacterDevice, name)
        { DeviceMajor = major, DeviceMinor = minor, Mode = Executable });

    public TestLayer Fifo(string name) => Write(new PaxTarEntry(TarEntryType.Fifo, name) { Mode = Executable });

    public TestLayer Write(PaxTarEntry entry)
    {
        _tar.WriteEntry(entry);
        return this;
    }

    /// <summary>The whole tar.</summary>
    public byte[] ToArray()
    {
        _tar.Dispose();
        return _stream.ToArray();
    }

    public void Dispose()
    {
        _tar.Dispose();
        _stream.Dispose();
    }
}
