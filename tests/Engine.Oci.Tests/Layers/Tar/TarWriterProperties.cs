using CsCheck;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Tests.Layers.Tar;

/// <summary>What our writer writes, our reader reads the same, and the same entries give the same bytes.</summary>
public sealed class TarWriterProperties
{
    private static readonly Gen<byte[]> s_name =
        Gen.Frequency((4, Gen.Byte[1, 255].Array[1, 120]), (1, Gen.Byte[1, 255].Array[90, 400]));

    private static readonly Gen<TarXattr> s_xattr = Gen.Select(
        Gen.Byte[1, 255].Array[1, 60], Gen.Byte.Array[0, 300]).Select((name, value) => new TarXattr(name, value));

    private static readonly Gen<uint> s_id = Gen.OneOf(Gen.UInt[0, 3_000_000], Gen.UInt[0, uint.MaxValue - 1]);

    private static readonly Gen<(TarEntry Entry, byte[] Content)> s_entry = Gen.Select(
        Gen.Select(
            Gen.Enum<TarEntryType>().Where(type => type != TarEntryType.Other), s_name, s_name, Gen.Byte.Array[0, 1500]),
        Gen.Select(Gen.Int[0, 0xfff], s_id, s_id),
        Gen.Select(Gen.OneOf(Gen.Long[-100, 100], Gen.Long[-(1L << 50), 1L << 50]), Gen.OneOf(Gen.Const(0), Gen.Const(1), Gen.Const(500_000_000), Gen.Int[0, 999_999_999])),
        Gen.Select(s_id, s_id),
        s_xattr.Array[0, 3]).Select((what, owner, time, device, xattrs) =>
        {
            byte[] content = what.Item1 == TarEntryType.File ? what.Item4 : [];
            bool isDevice = what.Item1 is TarEntryType.CharacterDevice or TarEntryType.BlockDevice;
            return (new TarEntry
            {
                Type = what.Item1,
                TypeFlag = ' ',
                Name = what.Item2,
                LinkName = what.Item1 is TarEntryType.HardLink or TarEntryType.SymbolicLink ? what.Item3 : default,
                Mode = owner.Item1,
                Uid = owner.Item2,
                Gid = owner.Item3,
                ModifiedSeconds = time.Item1,
                ModifiedNanoseconds = time.Item2,
                Size = content.Length,
                StoredSize = content.Length,
                DeviceMajor = isDevice ? device.Item1 : 0,
                DeviceMinor = isDevice ? device.Item2 : 0,
                Xattrs = [.. xattrs.DistinctBy(xattr => Convert.ToHexString(xattr.Name.Span))],
            }, content);
        });

    [Fact]
    public void What_is_written_reads_the_same() => s_entry.Array[0, 8].Sample(entries =>
    {
        List<ReadEntry> read = ReadEntry.All(Written.Archive(entries));
        Assert.Equal(entries.Select(entry => Describe(entry.Entry)), read.Select(entry => Describe(entry.Entry)));
        Assert.Equal(entries.Select(entry => entry.Content), read.Select(entry => entry.Content));
    }, iter: 1000);

    [Fact]
    public void The_same_entries_give_the_same_bytes_however_the_content_is_cut() =>
        Gen.Select(s_entry.Array[1, 5], Gen.Int[1, 700]).Sample((entries, piece) =>
            Assert.Equal(Written.Archive(entries), Written.Archive(entries, piece)), iter: 200);

    private static string Describe(TarEntry e) =>
        $"{e.Type} {Convert.ToHexString(e.Name.Span)} > {Convert.ToHexString(e.LinkName.Span)} {e.Mode} {e.Uid} {e.Gid} "
        + $"{e.ModifiedSeconds}.{e.ModifiedNanoseconds} {e.DeviceMajor}:{e.DeviceMinor} {e.Size} "
        + string.Join(' ', e.Xattrs.Select(x => $"{Convert.ToHexString(x.Name.Span)}={Convert.ToHexString(x.Value.Span)}"));
}
