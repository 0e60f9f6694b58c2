using System.Text;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Tests.Layers.Tar;

public sealed class SparseTarTests
{
    [Fact]
    public void The_forms_of_pax_give_the_same_file()
    {
        byte[] data = "abcde"u8.ToArray();
        byte[] map = new byte[512];
        "2\n2\n3\n10\n2\n"u8.CopyTo(map);
        byte[][] archives =
        [
            new RawTar().Pax(
                RawTar.Record("GNU.sparse.size", "20"), RawTar.Record("GNU.sparse.numblocks", "2"),
                RawTar.Record("GNU.sparse.offset", "2"), RawTar.Record("GNU.sparse.numbytes", "3"),
                RawTar.Record("GNU.sparse.offset", "10"), RawTar.Record("GNU.sparse.numbytes", "2")).Entry("f", '0', data).End(),
            new RawTar().Pax(
                RawTar.Record("GNU.sparse.size", "20"), RawTar.Record("GNU.sparse.name", "f"),
                RawTar.Record("GNU.sparse.map", "2,3,10,2,20,0")).Entry("GNUSparseFile.0/f", '0', data).End(),
            new RawTar().Pax(
                RawTar.Record("GNU.sparse.major", "1"), RawTar.Record("GNU.sparse.minor", "0"), RawTar.Record("GNU.sparse.name", "f"),
                RawTar.Record("GNU.sparse.realsize", "20")).Entry("GNUSparseFile.0/f", '0', [.. map, .. data]).End(),
        ];
        foreach (byte[] archive in archives)
        {
            ReadEntry entry = Assert.Single(ReadEntry.All(archive));
            Assert.Equal(("f", 20L, 5L), (entry.Name, entry.Entry.Size, entry.Entry.StoredSize));
            Assert.Equal([new TarSegment(2, 3), new TarSegment(10, 2)], entry.Entry.Segments!);
            Assert.Equal("\0\0abc\0\0\0\0\0de\0\0\0\0\0\0\0\0", Encoding.ASCII.GetString(entry.Content));
        }
    }

    [Theory]
    [InlineData("0.1", "20", "2,3,4,2")]
    [InlineData("0.1", "20", "2,3,19,2")]
    [InlineData("0.1", "20", "2,3,10,1")]
    [InlineData("0.1", "20", "2,3,10")]
    [InlineData("0.1", "20", "2,-3,10,8")]
    [InlineData("0.1", "20", "2,9223372036854775807,10,2")]
    [InlineData("0.1", "20", "x")]
    [InlineData("0.1", "-20", "2,3,10,2")]
    [InlineData("0.1", "", "2,3,10,2")]
    [InlineData("1.0", "20", "2\n2\n3\n4\n2\n")]
    [InlineData("1.0", "20", "\n")]
    [InlineData("1.0", "20", "x\n")]
    [InlineData("1.0", "20", "99999999999999999999\n")]
    [InlineData("1.0", "20", "2\n2\n3\n")]
    public void A_map_that_does_not_fit_its_file_is_an_error(string form, string size, string map)
    {
        byte[] block = new byte[512];
        Encoding.ASCII.GetBytes(map).CopyTo(block, 0);
        byte[] data = "abcde"u8.ToArray();
        byte[] archive = form == "1.0"
            ? new RawTar().Pax(RawTar.Record("GNU.sparse.major", "1"), RawTar.Record("GNU.sparse.realsize", size)).Entry("f", '0', [.. block, .. data]).End()
            : new RawTar().Pax(RawTar.Record("GNU.sparse.size", size), RawTar.Record("GNU.sparse.map", map)).Entry("f", '0', data).End();
        EngineException error = Assert.Throws<EngineException>(() => ReadEntry.All(archive));
        Assert.True(error.Reason == EngineErrorReason.InvalidArchive, error.Message);
    }

    [Fact]
    public void More_parts_than_the_limit_are_refused()
    {
        byte[] block = new byte[512];
        "1000001\n"u8.CopyTo(block);
        byte[] archive = new RawTar().Pax(RawTar.Record("GNU.sparse.major", "1"), RawTar.Record("GNU.sparse.realsize", "1")).Entry("f", '0', block).End();
        Assert.Equal(EngineErrorReason.InputTooLarge, Assert.Throws<EngineException>(() => ReadEntry.All(archive)).Reason);
    }

    [Fact]
    public void An_old_map_whose_extensions_never_end_is_an_error()
    {
        var tar = new RawTar().Block(RawTar.Header("f", 'S', 0, block => block[482] = 1, gnu: true));
        byte[] extension = new byte[512];
        extension[504] = 1;
        for (int i = 0; i < 100; i++)
        {
            tar.Block(extension);
        }

        byte[] archive = tar.Cut();
        Assert.Equal(EngineErrorReason.InvalidArchive, Assert.Throws<EngineException>(() => ReadEntry.All(archive)).Reason);
    }

    [Fact]
    public void A_terabyte_of_holes_takes_no_memory()
    {
        byte[] archive = new RawTar().Pax(RawTar.Record("GNU.sparse.size", "1099511627776"), RawTar.Record("GNU.sparse.map", "1099511627775,1")).Entry("f", '0', [7]).End();
        var reader = new TarReader(new MemoryStream(archive));
        TarEntry entry = reader.Next()!;
        Assert.Equal((1L << 40, 1L), (entry.Size, entry.StoredSize));
        Assert.Equal(new TarSegment((1L << 40) - 1, 1), Assert.Single(entry.Segments!));
        byte[] data = new byte[10];
        Assert.Equal(1, reader.Read(data));
        Assert.Equal(0, reader.Read(data));
        Assert.Null(reader.Next());
    }
}
