using System.Formats.Tar;
using CsCheck;
using Engine.Oci.Layers.Tar;
using Kind = System.Formats.Tar.TarEntryType;

namespace Engine.Oci.Tests.Layers.Tar;

/// <summary>What System.Formats.Tar writes, read by ours; it writes the slash after a directory's name only sometimes.</summary>
public sealed class TarRoundTripProperties
{
    private static readonly Gen<string> s_name = Gen.Char["ab./-é€ "].Array[1, 140].Select(chars => "n" + new string(chars).TrimEnd('/', ' '));

    private static readonly Gen<Written> s_entry = Gen.Select(
        Gen.OneOf(TarEntryFormat.Pax, TarEntryFormat.Gnu),
        Gen.OneOf(Kind.RegularFile, Kind.Directory, Kind.SymbolicLink, Kind.HardLink, Kind.Fifo, Kind.CharacterDevice, Kind.BlockDevice),
        s_name,
        s_name,
        Gen.Byte.Array[0, 1500],
        Gen.Int[0, 0xfff],
        Gen.Int[0, int.MaxValue],
        Gen.Long[-1_000_000_000_000, 10_000_000_000_000_000]).Select((format, kind, name, link, content, mode, id, ticks) =>
            new Written(format, kind, name, link, kind == Kind.RegularFile ? content : [], mode, id, ticks));

    [Fact]
    public void Entries_written_by_System_Formats_Tar_read_the_same() => s_entry.Array[0, 8].Sample(entries =>
    {
        using var stream = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (Written entry in entries)
            {
                writer.WriteEntry(entry.ToEntry());
            }
        }

        List<ReadEntry> read = ReadEntry.All(stream.ToArray(), new TarLimits { RequireEndMarker = entries.Length > 0 });
        Assert.Equal(entries.Select(entry => entry.Describe()), read.Select(Describe));
        Assert.Equal(entries.Select(entry => entry.Content), read.Select(entry => entry.Content));
    }, iter: 300);

    private static string Describe(ReadEntry read)
    {
        Engine.Oci.Layers.Tar.TarEntry e = read.Entry;
        return $"{e.TypeFlag} {read.Name.TrimEnd('/')} > {read.LinkName} {e.Mode} {e.Uid} {e.Gid} {e.ModifiedSeconds}.{e.ModifiedNanoseconds} {e.DeviceMajor}:{e.DeviceMinor}";
    }

    private sealed record Written(
        TarEntryFormat Format, Kind Kind, string Name, string Link, byte[] Content, int Mode, int Id, long Ticks)
    {
        public PosixTarEntry ToEntry()
        {
            PosixTarEntry entry = Format == TarEntryFormat.Pax ? new PaxTarEntry(Kind, Name) : new GnuTarEntry(Kind, Name);
            entry.Mode = (UnixFileMode)Mode;
            entry.Uid = Id % 2_000_000;
            entry.Gid = Id;
            entry.ModificationTime = DateTimeOffset.UnixEpoch.AddTicks(Math.Max(0, Ticks));
            if (Kind is Kind.SymbolicLink or Kind.HardLink)
            {
                entry.LinkName = Link;
            }

            if (Kind is Kind.CharacterDevice or Kind.BlockDevice)
            {
                entry.DeviceMajor = Mode;
                entry.DeviceMinor = Id % 2_000_000;
            }

            if (Kind == Kind.RegularFile)
            {
                entry.DataStream = new MemoryStream(Content);
            }

            return entry;
        }

        public string Describe()
        {
            bool device = Kind is Kind.CharacterDevice or Kind.BlockDevice;
            bool link = Kind is Kind.SymbolicLink or Kind.HardLink;
            long ticks = Math.Max(0, Ticks);
            long nanoseconds = Format == TarEntryFormat.Pax ? ticks % TimeSpan.TicksPerSecond * 100 : 0;
            return $"{(char)Kind} {Name} > {(link ? Link : "")} {Mode} {Id % 2_000_000} {Id} {ticks / TimeSpan.TicksPerSecond}.{nanoseconds} "
                + (device ? $"{Mode}:{Id % 2_000_000}" : "0:0");
        }
    }
}
