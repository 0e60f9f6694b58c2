using CsCheck;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Tests.Layers.Tar;

public sealed class HostileTarTests
{
    private static readonly TarLimits s_lenient = new() { RequireEndMarker = false };

    private static byte[] Sample => new RawTar()
        .Entry("dir/", '5')
        .Entry("L", 'L', System.Text.Encoding.UTF8.GetBytes(new string('n', 600) + "\0"), gnu: true).Entry("f", '0', new byte[1300], gnu: true)
        .Pax(RawTar.Record("SCHILY.xattr.user.a", new byte[700])).Entry("x", '0', [1])
        .Entry("link", '1')
        .End();

    [Fact]
    public void An_archive_cut_anywhere_is_an_error_or_a_whole_number_of_entries()
    {
        byte[] whole = Sample;
        string[] names = [.. ReadEntry.All(whole).Select(entry => entry.Name)];
        for (int length = 0; length < whole.Length - 512; length += length % 512 == 511 ? 1 : 511)
        {
            byte[] cut = whole[..length];
            EngineException error = Assert.Throws<EngineException>(() => ReadEntry.All(cut));
            Assert.True(error is { Code: EngineErrorCode.Corrupt, Reason: EngineErrorReason.InvalidArchive }, $"at {length}: {error}");
            try
            {
                Assert.Equal(names.Take(ReadEntry.All(cut, s_lenient).Count), ReadEntry.All(cut, s_lenient).Select(entry => entry.Name));
                Assert.Equal(0, length % 512);
            }
            catch (EngineException again)
            {
                Assert.Equal(EngineErrorReason.InvalidArchive, again.Reason);
            }
        }
    }

    [Fact]
    public void Every_flipped_byte_of_a_header_is_noticed()
    {
        byte[] header = RawTar.Header("name", '0', 0);
        for (int at = 0; at < header.Length; at++)
        {
            byte[] archive = new RawTar().Block(header).End();
            archive[at] ^= 1;
            EngineException error = Assert.Throws<EngineException>(() => ReadEntry.All(archive));
            Assert.True(error.Reason == EngineErrorReason.InvalidArchive, $"byte {at}");
        }
    }

    [Theory]
    [InlineData('0', long.MaxValue, EngineErrorReason.InvalidArchive)]
    [InlineData('0', -1, EngineErrorReason.InvalidArchive)]
    [InlineData('0', long.MinValue, EngineErrorReason.InvalidArchive)]
    [InlineData('V', long.MaxValue, EngineErrorReason.InvalidArchive)]
    [InlineData('x', long.MaxValue, EngineErrorReason.InputTooLarge)]
    [InlineData('x', 1024 * 1024 + 1, EngineErrorReason.InputTooLarge)]
    [InlineData('x', -1, EngineErrorReason.InputTooLarge)]
    [InlineData('g', long.MaxValue, EngineErrorReason.InputTooLarge)]
    [InlineData('L', 70_000, EngineErrorReason.InputTooLarge)]
    [InlineData('K', long.MaxValue, EngineErrorReason.InputTooLarge)]
    [InlineData('x', 1024 * 1024, EngineErrorReason.InvalidArchive)]
    public void A_size_that_is_a_lie_takes_no_memory_and_is_an_error(char type, long size, string reason)
    {
        byte[] archive = new RawTar().Block(RawTar.Header("f", type, size)).End();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(reason, Assert.Throws<EngineException>(() => ReadEntry.All(archive)).Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
    }

    [Theory]
    [InlineData("5 a=b\n")]
    [InlineData("7 a=b\n")]
    [InlineData("99999999999 a=b\n")]
    [InlineData("-6 a=b\n")]
    [InlineData("06 a=b\nx")]
    [InlineData("6 =ab\n")]
    [InlineData("6 abc\n")]
    [InlineData("a=b\n")]
    [InlineData("4 a\n")]
    [InlineData("6 a=bc")]
    [InlineData("14 path=a\0bcd\n")]
    [InlineData("9 uid=x1\n")]
    [InlineData("10 size=-1\n")]
    [InlineData("28 size=9223372036854775808\n")]
    [InlineData("9 uid=-1\n")]
    [InlineData("18 uid=4294967295\n")]
    [InlineData("11 mtime=.\n")]
    [InlineData("13 mtime=1.x\n")]
    [InlineData("18 SCHILY.xattr.=\n")]
    [InlineData("27 LIBARCHIVE.xattr.a=####\n")]
    public void A_malformed_extended_header_is_an_error(string records)
    {
        byte[] archive = new RawTar().Entry("pax", 'x', System.Text.Encoding.UTF8.GetBytes(records)).Entry("f").End();
        EngineException error = Assert.Throws<EngineException>(() => ReadEntry.All(archive));
        Assert.True(error is { Code: EngineErrorCode.Corrupt, Reason: EngineErrorReason.InvalidArchive }, error.ToString());
    }

    [Fact]
    public void Metadata_without_an_entry_is_an_error()
    {
        byte[] ended = new RawTar().Pax(RawTar.Record("path", "x")).End();
        Assert.Throws<EngineException>(() => ReadEntry.All(ended));
        byte[] cut = new RawTar().Pax(RawTar.Record("path", "x")).Cut();
        Assert.Throws<EngineException>(() => ReadEntry.All(cut, s_lenient));
    }

    [Fact]
    public void Something_behind_a_single_zero_block_is_an_error_and_behind_the_end_is_not()
    {
        byte[] archive = new RawTar().Entry("a").Block(new byte[512]).Entry("b").End();
        Assert.Equal(EngineErrorReason.InvalidArchive, Assert.Throws<EngineException>(() => ReadEntry.All(archive)).Reason);
        byte[] concatenated = [.. new RawTar().Entry("a").End(), .. new RawTar().Entry("b").End()];
        Assert.Equal("a", Assert.Single(ReadEntry.All(concatenated)).Name);
    }

    [Fact]
    public void More_headers_than_the_limit_are_refused_and_a_hundred_thousand_are_not()
    {
        var many = new RawTar();
        byte[] header = RawTar.Header("f", '0', 0);
        for (int i = 0; i < 100_000; i++)
        {
            many.Block(header);
        }

        byte[] archive = many.End();
        Assert.Equal(100_000, ReadEntry.All(archive).Count);
        var limits = new TarLimits { MaxHeaders = 99_999 };
        Assert.Equal(EngineErrorReason.InputTooLarge, Assert.Throws<EngineException>(() => ReadEntry.All(archive, limits)).Reason);
    }

    [Fact]
    public void Metadata_upon_metadata_ends_at_the_limit_of_headers()
    {
        var many = new RawTar();
        byte[] header = RawTar.Header("x", 'x', 0);
        for (int i = 0; i < 10_000; i++)
        {
            many.Block(header);
        }

        byte[] archive = many.Entry("f").End();
        Assert.Equal("f", Assert.Single(ReadEntry.All(archive)).Name);
        Assert.Throws<EngineException>(() => ReadEntry.All(archive, new TarLimits { MaxHeaders = 10_000 }));
    }

    [Fact]
    public void Thirty_thousand_attributes_in_one_header_are_read()
    {
        byte[] records = [.. Enumerable.Range(0, 32_000).SelectMany(i => RawTar.Record("SCHILY.xattr.user." + i, "v"))];
        Assert.InRange(records.Length, 512 * 1024, TarLimits.Default.MaxExtendedHeaderSize);
        Assert.Equal(32_000, Assert.Single(ReadEntry.All(new RawTar().Entry("pax", 'x', records).Entry("f").End())).Entry.Xattrs.Count);
    }

    [Fact]
    public void Bytes_at_random_never_do_anything_but_fail() =>
        Gen.Byte.Array[1, 2000].Sample(noise =>
        {
            byte[] archive = Sample;
            noise.CopyTo(archive, noise[0] * 3 % (archive.Length - noise.Length));
            try
            {
                ReadEntry.All(archive, s_lenient);
            }
            catch (EngineException e) when (e.Reason is EngineErrorReason.InvalidArchive or EngineErrorReason.InputTooLarge)
            {
                // What it must do when it does not read.
            }
        }, iter: 500);
}
