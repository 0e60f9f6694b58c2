using System.Text;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Tests.Layers.Tar;

public sealed class TarReaderTests
{
    [Fact]
    public void Names_links_and_values_are_kept_byte_for_byte()
    {
        byte[] name = [0xff, 0xfe, (byte)'/', (byte)'\n', 0x1b, 0xc3];
        byte[] value = [0, (byte)'\n', 0xff, (byte)'=', 0];
        ReadEntry entry = Assert.Single(ReadEntry.All(new RawTar()
            .Pax(RawTar.Record("path", name), RawTar.Record("linkpath", name), RawTar.Record("SCHILY.xattr.user.x", value), RawTar.Record("SCHILY.xattr.security.capability", value))
            .Entry("short", '2').End()));
        Assert.Equal(name, entry.Entry.Name.ToArray());
        Assert.Equal(name, entry.Entry.LinkName.ToArray());
        Assert.Equal(["user.x", "security.capability"], entry.Entry.Xattrs.Select(xattr => Encoding.UTF8.GetString(xattr.Name.Span)));
        Assert.All(entry.Entry.Xattrs, xattr => Assert.Equal(value, xattr.Value.ToArray()));
        Assert.DoesNotContain('\u001b', entry.Entry.DisplayName);
    }

    [Fact]
    public void Extended_headers_overrule_the_header()
    {
        ReadEntry entry = Assert.Single(ReadEntry.All(new RawTar()
            .Pax(
                RawTar.Record("size", "3"), RawTar.Record("uid", "3000000000"), RawTar.Record("gid", "4"), RawTar.Record("mtime", "1700000000.1234567899"),
                RawTar.Record("comment", "x"), RawTar.Record("uname", "nobody"))
            .Block(RawTar.Header("f", '0', 0)).Data("abc"u8.ToArray()).End()));
        Assert.Equal("abc", Encoding.UTF8.GetString(entry.Content));
        Assert.Equal((3_000_000_000u, 4u, 1_700_000_000L, 123_456_789), (entry.Entry.Uid, entry.Entry.Gid, entry.Entry.ModifiedSeconds, entry.Entry.ModifiedNanoseconds));
    }

    [Theory]
    [InlineData("-1.5", -2, 500_000_000)]
    [InlineData("-0.25", -1, 750_000_000)]
    [InlineData("-3", -3, 0)]
    [InlineData("0.000000001", 0, 1)]
    [InlineData("5.", 5, 0)]
    public void Times_before_1970_and_fractions_are_read(string text, long seconds, int nanoseconds)
    {
        ReadEntry entry = Assert.Single(ReadEntry.All(new RawTar().Pax(RawTar.Record("mtime", text)).Entry("f").End()));
        Assert.Equal((seconds, nanoseconds), (entry.Entry.ModifiedSeconds, entry.Entry.ModifiedNanoseconds));
    }

    [Fact]
    public void Global_headers_hold_until_the_end_but_name_nothing()
    {
        byte[] global = [.. RawTar.Record("uid", "7"), .. RawTar.Record("mtime", "9"), .. RawTar.Record("path", "evil"), .. RawTar.Record("size", "512")];
        List<ReadEntry> entries = ReadEntry.All(new RawTar()
            .Entry("g", 'g', global).Entry("a").Pax(RawTar.Record("uid", "8")).Entry("b").Entry("c").End());
        Assert.Equal([("a", 7u, 9L), ("b", 8u, 9L), ("c", 7u, 9L)], entries.Select(e => (e.Name, e.Entry.Uid, e.Entry.ModifiedSeconds)));
    }

    [Fact]
    public void Extended_attributes_of_bsdtar_and_encoded_names_of_GNU_tar_are_read()
    {
        ReadEntry entry = Assert.Single(ReadEntry.All(new RawTar()
            .Pax(RawTar.Record("LIBARCHIVE.xattr.user.a%20b", "AAo/"), RawTar.Record("LIBARCHIVE.xattr.user.c", "AA"), RawTar.Record("SCHILY.xattr.user.d%3De%25%41", "v"))
            .Entry("f").End()));
        Assert.Equal(("000A3F", "00", "76"), (entry.Xattr("user.a b"), entry.Xattr("user.c"), entry.Xattr("user.d=e%%41")));
    }

    [Fact]
    public void An_attribute_that_comes_twice_counts_as_it_came_last()
    {
        ReadEntry entry = Assert.Single(ReadEntry.All(new RawTar()
            .Pax(RawTar.Record("SCHILY.xattr.user.a", "1"), RawTar.Record("SCHILY.xattr.user.a", "2")).Entry("f").End()));
        Assert.Equal("32", entry.Xattr("user.a"));
    }

    [Fact]
    public void Numbers_in_base_256_reach_beyond_octal()
    {
        ReadEntry entry = Assert.Single(ReadEntry.All(new RawTar()
            .Entry("d", '3', null, block =>
            {
                RawTar.Number(block, 108, 8, 4_000_000_000);
                RawTar.Number(block, 136, 12, -5);
                RawTar.Number(block, 329, 8, 3_000_000);
                RawTar.Number(block, 337, 8, 1_048_575);
            }).End()));
        Assert.Equal((TarEntryType.CharacterDevice, 4_000_000_000u, -5L), (entry.Entry.Type, entry.Entry.Uid, entry.Entry.ModifiedSeconds));
        Assert.Equal((3_000_000u, 1_048_575u), (entry.Entry.DeviceMajor, entry.Entry.DeviceMinor));
    }

    [Fact]
    public void The_oldest_archives_have_no_magic_and_tell_directories_by_a_slash()
    {
        static void Old(byte[] block)
        {
            block[156] = 0;
            block.AsSpan(257).Fill(0xee);
        }

        List<ReadEntry> entries = ReadEntry.All(new RawTar().Entry("d/", '0', null, Old).Entry("f", '0', [1], Old).End());
        Assert.Equal([("d/", TarEntryType.Directory), ("f", TarEntryType.File)], entries.Select(e => (e.Name, e.Entry.Type)));
    }

    [Fact]
    public void A_prefix_is_joined_in_ustar_and_is_something_else_in_GNU()
    {
        static void Prefix(byte[] block) => "dir"u8.CopyTo(block.AsSpan(345));
        List<ReadEntry> entries = ReadEntry.All(new RawTar().Entry("a", '0', null, Prefix).Entry("b", '0', null, Prefix, gnu: true).End());
        Assert.Equal(["dir/a", "b"], entries.Select(e => e.Name));
    }

    [Fact]
    public void Sizes_of_what_has_no_data_are_passed_over()
    {
        byte[] archive = new RawTar()
            .Block(RawTar.Header("link", '1', 100)).Block(RawTar.Header("dir", '5', 4096)).Block(RawTar.Header("fifo", '6', 1)).Entry("f", '0', [1]).End();
        Assert.Equal(["link", "dir", "fifo", "f"], ReadEntry.All(archive).Select(e => e.Name));
    }

    [Fact]
    public void Kinds_without_meaning_are_told_with_their_letter_and_passed_over()
    {
        List<ReadEntry> entries = ReadEntry.All(new RawTar().Entry("label", 'V').Entry("dump", 'D', new byte[700]).Entry("f", '7', [1]).End());
        Assert.Equal([(TarEntryType.Other, 'V'), (TarEntryType.Other, 'D'), (TarEntryType.File, '7')], entries.Select(e => (e.Entry.Type, e.Entry.TypeFlag)));
    }

    [Fact]
    public void An_archive_without_end_is_read_only_where_that_is_allowed()
    {
        byte[] cut = new RawTar().Entry("f", '0', [1]).Cut();
        Assert.Equal("f", Assert.Single(ReadEntry.All(cut, new TarLimits { RequireEndMarker = false })).Name);
        Assert.Equal(EngineErrorReason.InvalidArchive, Assert.Throws<EngineException>(() => ReadEntry.All(cut)).Reason);
        Assert.Empty(ReadEntry.All(new byte[10240]));
        Assert.Empty(ReadEntry.All(new byte[512]));
    }
}
