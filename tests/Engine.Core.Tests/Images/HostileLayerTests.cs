using System.Buffers.Binary;

namespace Engine.Core.Tests.Images;

/// <summary>Archives that were made to do harm. None may touch anything outside, or leave anything behind.</summary>
public sealed class HostileLayerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public HostileLayerTests()
    {
        _images = new TestImages(_directory["data"]);
        Directory.CreateDirectory(_directory["outside"]);
        File.WriteAllText(_directory["outside/victim"], "untouched");
    }

    [Fact]
    public async Task A_name_with_two_dots_that_leads_out_is_refused()
    {
        await Refused(new TarBuilder().File("../../../outside/victim", "owned"), EngineErrorReason.ArchiveEscapesRoot);
        await Refused(new TarBuilder().File("a/../../victim", "owned"), EngineErrorReason.ArchiveEscapesRoot);
        await Refused(new TarBuilder().HardLink("a", "../../outside/victim"), EngineErrorReason.ArchiveEscapesRoot);
    }

    [Fact]
    public async Task Two_dots_that_stay_inside_are_taken_for_what_they_mean()
    {
        var root = await Unpacked(new TarBuilder().Directory("a/").File("a/../b", "inside"));
        Assert.Equal("inside", File.ReadAllText(Path.Combine(root, "b")));
    }

    [Fact]
    public async Task An_absolute_name_counts_from_the_layer_s_root()
    {
        var root = await Unpacked(new TarBuilder().File(_directory["outside/victim"], "inside"));
        Assert.Equal("inside", File.ReadAllText(root + _directory["outside/victim"]));
    }

    [Fact]
    public async Task Nothing_is_written_through_a_symbolic_link_that_leads_out()
    {
        await Refused(new TarBuilder().SymbolicLink("link", _directory["outside"]).File("link/victim", "owned"), EngineErrorReason.InvalidArchive);
        await Refused(new TarBuilder().SymbolicLink("link", "../../../../outside").File("link/victim", "owned"), EngineErrorReason.InvalidArchive);
        await Refused(
            new TarBuilder().SymbolicLink("one", "..").SymbolicLink("one/two", _directory["outside"]).File("two/victim", "owned"),
            EngineErrorReason.InvalidArchive);
    }

    [Fact]
    public async Task A_link_that_leads_to_a_directory_of_the_layer_itself_is_followed_inside_it()
    {
        var root = await Unpacked(new TarBuilder()
            .Directory("outside/").SymbolicLink("link", "/outside").SymbolicLink("up", "../../../outside")
            .File("link/one", "1").File("up/two", "2"));
        Assert.Equal("1", File.ReadAllText(Path.Combine(root, "outside/one")));
        Assert.Equal("2", File.ReadAllText(Path.Combine(root, "outside/two")));
    }

    [Fact]
    public async Task A_file_is_never_written_through_a_link_of_its_own_name()
    {
        var root = await Unpacked(
            new TarBuilder().SymbolicLink("victim", _directory["outside/victim"]).File("victim", "inside"));
        Assert.Null(new FileInfo(Path.Combine(root, "victim")).LinkTarget);
        Assert.Equal("inside", File.ReadAllText(Path.Combine(root, "victim")));
    }

    [Fact]
    public async Task A_hard_link_through_a_symbolic_link_stays_inside()
    {
        await Refused(
            new TarBuilder().SymbolicLink("link", _directory["outside"]).HardLink("copy", "link/victim"), EngineErrorReason.InvalidArchive);
        await Refused(
            new TarBuilder().HardLink("copy", _directory["outside/victim"]), EngineErrorReason.InvalidArchive);
        await Unpacked(new TarBuilder()
            .SymbolicLink("link", _directory["outside"]).HardLink("copy", "link/victim").File("copy", "inside"));
    }

    [Fact]
    public async Task A_hard_link_to_a_symbolic_link_links_the_link()
    {
        var root = await Unpacked(
            new TarBuilder().SymbolicLink("link", _directory["outside/victim"]).HardLink("copy", "link"));
        Assert.Equal(_directory["outside/victim"], new FileInfo(Path.Combine(root, "copy")).LinkTarget);
    }

    [Fact]
    public async Task Links_that_never_end_are_refused()
    {
        await Refused(
            new TarBuilder().SymbolicLink("a", "b").SymbolicLink("b", "a").File("a/x", "owned"), EngineErrorReason.ArchiveEscapesRoot);
        await Refused(new TarBuilder().HardLink("a", "a/b"), EngineErrorReason.InvalidArchive);
    }

    [Fact]
    public async Task A_removal_by_white_out_or_replacement_stays_inside()
    {
        await Unpacked(new TarBuilder()
            .SymbolicLink("link", _directory["outside"]).File("link", "now a file")
            .SymbolicLink("again", _directory["outside"]).Directory("again/")
            .File(".wh.again", ""));
    }

    [Fact]
    public async Task The_marks_of_overlayfs_are_not_taken_from_an_archive()
    {
        var root = await Unpacked(new TarBuilder()
            .Attributes("a", "", ("SCHILY.xattr.trusted.overlay.redirect", "/etc"), ("SCHILY.xattr.user.kept", "yes")));
        Assert.Equal("user.kept", Tool.Shell($"getfattr --absolute-names -m - {root}/a | sed 1d").Trim());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(1024)]
    [InlineData(100_000)]
    public async Task An_archive_that_is_cut_off_is_refused(int missing)
    {
        var tar = new TarBuilder().File("first", "1").File("second", new string('x', 200_000)).ToArray();
        var content = tar[..^(missing + 1024)];
        await Refused(content, EngineErrorReason.InvalidArchive);
    }

    [Fact]
    public async Task Compressed_data_that_is_cut_off_is_refused()
    {
        File.WriteAllBytes(
            _directory["tar"], new TarBuilder().File("file", string.Concat(Enumerable.Range(0, 100_000))).ToArray());
        foreach (var program in (string[])["gzip", "zstd", "xz", "bzip2"])
        {
            Tool.Shell($"{program} -c {_directory["tar"]} > {_directory["compressed"]}");
            var content = File.ReadAllBytes(_directory["compressed"]);
            await Refused(content[..(content.Length / 2)], EngineErrorReason.InvalidArchive);
        }
    }

    [Fact]
    public async Task What_is_no_archive_is_refused()
    {
        await Refused("This is no archive."u8.ToArray(), EngineErrorReason.InvalidArchive);
        await Refused(new byte[100], EngineErrorReason.InvalidArchive);
        await Refused([], EngineErrorReason.InvalidArchive);
    }

    [Fact]
    public async Task A_header_that_claims_an_enormous_size_is_refused()
    {
        // Base-256: 2^63 - 1 bytes.
        var tar = new TarBuilder().File("huge", "x").ToArray();
        var header = HeaderOf(tar, "huge");
        tar[header + 124] = 0x80;
        tar.AsSpan(header + 125, 3).Clear();
        BinaryPrimitives.WriteInt64BigEndian(tar.AsSpan(header + 128), long.MaxValue);
        Checksum(tar.AsSpan(header, 512));
        await Refused(tar, EngineErrorReason.InvalidArchive);
    }

    [Fact]
    public async Task A_layer_over_the_limits_is_refused()
    {
        using var directory = new TemporaryDirectory();
        var options = new EngineOptions { DataRoot = "", ExecRoot = "", MaxLayerEntries = 2, MaxLayerBytes = 1000 };
        using var images = new TestImages(directory["data"], options);
        await Refused(images, new TarBuilder().File("a", "").File("b", "").File("c", "").ToArray(), EngineErrorReason.InputTooLarge);
        await Refused(
            images, new TarBuilder().File("a", new string('x', 1001)).ToArray(), EngineErrorReason.InputTooLarge);
        await images.All.Import.HandleAsync(
            new MemoryStream(new TarBuilder().File("a", new string('x', 1000)).File("b", "").ToArray()), new ImageImport(), null,
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_hundred_thousand_entries_are_unpacked()
    {
        using var builder = new TarBuilder();
        for (var i = 0; i < 100_000; i++)
        {
            builder.File($"d{i % 100}/f{i}", "");
        }

        var root = await Unpacked(builder);
        Assert.Equal(100_000, Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task A_tree_deeper_than_a_path_may_be_is_refused_and_removed()
    {
        using var builder = new TarBuilder();
        var name = "";
        for (var i = 0; i < 3000; i++)
        {
            builder.Directory(name += "d/");
        }

        await Refused(builder, EngineErrorReason.InvalidArchive);
    }

    [Fact]
    public async Task Names_that_are_not_utf_8_and_names_with_line_ends_survive()
    {
        var root = await Unpacked(new TarBuilder().File("line\nend", "1").File("-rf", "2").File("sp ace\\", "3"));
        Assert.Equal("1", File.ReadAllText(Path.Combine(root, "line\nend")));
        Assert.Equal("2", File.ReadAllText(Path.Combine(root, "-rf")));
        Assert.Equal("3", File.ReadAllText(Path.Combine(root, "sp ace\\")));
    }

    public void Dispose()
    {
        try
        {
            Assert.Equal("untouched", File.ReadAllText(_directory["outside/victim"]));
            Assert.Equal(["victim"], Directory.EnumerateFileSystemEntries(_directory["outside"]).Select(path => Path.GetFileName(path)));
        }
        finally
        {
            _images.Dispose();
            _directory.Dispose();
        }
    }

    private static int HeaderOf(byte[] tar, string name)
    {
        for (var at = 0; at < tar.Length; at += 512)
        {
            if (tar.AsSpan(at).StartsWith(System.Text.Encoding.ASCII.GetBytes(name + "\0")))
            {
                return at;
            }
        }

        throw new InvalidOperationException("There is no such header.");
    }

    private static void Checksum(Span<byte> header)
    {
        header[148..156].Fill((byte)' ');
        var sum = 0;
        foreach (var value in header)
        {
            sum += value;
        }

        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
    }

    private Task Refused(TarBuilder builder, string reason) => Refused(builder.ToArray(), reason);

    private Task Refused(byte[] archive, string reason) => Refused(_images, archive, reason);

    private static async Task Refused(TestImages images, byte[] archive, string reason)
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => images.All.Import.HandleAsync(
            new MemoryStream(archive), new ImageImport { References = ["bad"] }, null, TestContext.Current.CancellationToken));
        Assert.True(reason == error.Reason, $"Expected {reason}: {error}");
        images.AssertEmpty();
    }

    private async Task<string> Unpacked(TarBuilder builder)
    {
        var image = Assert.Single(await _images.All.Import.HandleAsync(
            new MemoryStream(builder.ToArray()), new ImageImport(), null, TestContext.Current.CancellationToken));
        using var lease = _images.All.Store.Use(image.Id);
        return lease.LowerDirectories[0];
    }
}
