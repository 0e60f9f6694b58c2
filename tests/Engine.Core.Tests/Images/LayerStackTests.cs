namespace Engine.Core.Tests.Images;

/// <summary>What layers say of the layers below them, as overlayfs shows it.</summary>
public sealed class LayerStackTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public LayerStackTests() => _images = new TestImages(_directory["data"]);

    [Fact]
    public async Task A_white_out_deletes_a_file_or_a_whole_directory()
    {
        using var mount = await Mount(
            new TarBuilder().Directory("a/").File("a/file", "1").Directory("b/").File("b/file", "1").File("c", "1"),
            new TarBuilder().Directory("a/").File("a/.wh.file", "").File(".wh.b", "").File(".wh.nothing", ""));
        Assert.Equal("./a\n./c", mount.List());
    }

    [Fact]
    public async Task An_opaque_directory_hides_what_is_below_and_not_what_is_beside_the_mark()
    {
        using var mount = await Mount(
            new TarBuilder().Directory("a/").File("a/old", "1").Directory("b/").File("b/old", "1"),
            new TarBuilder().Directory("a/").File("a/new", "2").File("a/.wh..wh..opq", "").Directory("b/").File("b/.wh..wh..opq", "").File("b/new", "2"));
        Assert.Equal("./a\n./a/new\n./b\n./b/new", mount.List());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_name_that_is_deleted_and_made_in_one_layer_is_only_the_new_one(bool whiteOutFirst)
    {
        var second = new TarBuilder();
        void WhiteOut() => second.File(".wh.dir", "").File(".wh.file", "").File(".wh.implied", "");
        void Make() => second.Directory("dir/").File("dir/new", "2").File("file", "2").File("implied/new", "2");
        if (whiteOutFirst)
        {
            WhiteOut();
            Make();
        }
        else
        {
            Make();
            WhiteOut();
        }

        using var mount = await Mount(
            new TarBuilder().Directory("dir/").File("dir/old", "1").File("file", "1").Directory("implied/").File("implied/old", "1"), second);
        Assert.Equal("./dir\n./dir/new\n./file\n./implied\n./implied/new", mount.List());
        Assert.Equal("2", mount.Read("file"));
    }

    [Fact]
    public async Task A_layer_that_says_nothing_of_the_root_leaves_it_as_it_was()
    {
        const UnixFileMode sticky = (UnixFileMode)0x3FF; // 1777
        byte[][] layers =
        [
            new TarBuilder().Directory("./", sticky).File("a", "1").ToArray(),
            new TarBuilder().File("b", "2").ToArray(),
            new TarBuilder().Directory("d/").File("d/c", "3").ToArray(),
        ];
        using var archive = new MemoryStream(new LayoutBuilder().Image("root", "linux/amd64", layers).ToArchive());
        await _images.All.Import.HandleAsync(archive, new ImageImport(), null, TestContext.Current.CancellationToken);
        using var lease = _images.All.Store.Use("root");
        Assert.Equal(3, lease.LowerDirectories.Count);
        Assert.All(lease.LowerDirectories, layer => Assert.Equal(sticky, File.GetUnixFileMode(layer)));
    }

    [Fact]
    public async Task Marks_of_aufs_are_passed_over()
    {
        using var mount = await Mount(new TarBuilder().File("a", "1").Directory(".wh..wh.plnk/").File(".wh..wh.aufs", "").File(".wh..wh.plnk/12.34", ""));
        Assert.Equal("./a", mount.List());
    }

    [Fact]
    public async Task A_file_takes_the_place_of_a_directory_and_the_other_way_round()
    {
        using var mount = await Mount(
            new TarBuilder().Directory("a/").File("a/below", "1").File("b", "1"),
            new TarBuilder().File("a", "2").Directory("b/").File("b/below", "2"));
        Assert.Equal("./a\n./b\n./b/below", mount.List());
    }

    [Fact]
    public async Task Within_one_layer_the_last_entry_of_a_name_counts()
    {
        using var mount = await Mount(new TarBuilder()
            .Directory("a/").File("a/x", "1").File("a", "file").File("b", "file").Directory("b/").File("b/y", "2")
            .File("c", "first").File("c", "second").SymbolicLink("d", "c").File("d", "third")
            .File("e", "first").HardLink("f", "e").File("e", "second"));
        Assert.Equal("./a\n./b\n./b/y\n./c\n./d\n./e\n./f", mount.List());
        Assert.Equal("second", mount.Read("c"));
        Assert.Equal("third", mount.Read("d"));
        Assert.Equal("second", mount.Read("e"));
        Assert.Equal("first", mount.Read("f"));
    }

    [Fact]
    public async Task A_hard_link_to_a_file_of_a_lower_layer_is_a_link_to_a_copy_of_it()
    {
        using var mount = await Mount(
            new TarBuilder().Directory("a/").Attributes("a/file", "below", ("SCHILY.xattr.user.kept", "yes")),
            new TarBuilder().File("other", "2"),
            new TarBuilder().HardLink("link", "a/file").HardLink("second", "link"));
        Assert.Equal("below", mount.Read("link"));
        Assert.Equal("below", mount.Read("a/file"));
        Assert.Equal("3\n", Tool.Shell($"stat -c %h {mount.Path}/second"));
        Assert.Contains(
            "user.kept", Tool.Shell($"getfattr --absolute-names {mount.Path}/link"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hard_link_to_a_file_that_a_layer_between_has_deleted_is_refused()
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => Mount(
            new TarBuilder().Directory("a/").File("a/file", "below"),
            new TarBuilder().Directory("a/").File("a/.wh.file", ""),
            new TarBuilder().HardLink("link", "a/file")));
        Assert.Equal(EngineErrorReason.InvalidArchive, error.Reason);
        error = await Assert.ThrowsAsync<EngineException>(() => Mount(
            new TarBuilder().Directory("a/").File("a/file", "below"),
            new TarBuilder().File("a/.wh.file", "").HardLink("link", "a/file")));
        Assert.Equal(EngineErrorReason.InvalidArchive, error.Reason);
        _images.AssertEmpty();
    }

    [Fact]
    public async Task A_directory_that_only_a_lower_layer_describes_keeps_its_owner_and_mode()
    {
        using var mount = await Mount(
            new TarBuilder().Directory("tmp/", (UnixFileMode)0x3FF).Directory("home/", (UnixFileMode)0x1C0),
            new TarBuilder().File("tmp/file", "2").File("home/file", "2").File("new/file", "2"));
        Assert.Equal("1777\n700\n755\n", Tool.Shell($"cd {mount.Path}; stat -c %a tmp home new"));
    }

    [Fact]
    public async Task Devices_pipes_and_links_of_lower_layers_can_be_replaced()
    {
        using var mount = await Mount(
            new TarBuilder().Device("null", 1, 3).SymbolicLink("link", "null"),
            new TarBuilder().File("null", "2").Device("link", 5, 300));
        Assert.Equal("2", mount.Read("null"));
        Assert.Equal("5:300\n", Tool.Shell($"stat -c %Hr:%Lr {mount.Path}/link"));
    }

    [Fact]
    public async Task An_image_of_a_hundred_layers_mounts()
    {
        TarBuilder[] layers = [.. Enumerable.Range(0, 100).Select(
            i => new TarBuilder().File($"f{i:D3}", $"{i}").File("last", $"{i}"))];
        using var mount = await Mount(layers);
        Assert.Equal("99", mount.Read("last"));
        Assert.Equal(101, mount.List().Split('\n').Length);
    }

    [Fact]
    public async Task The_same_layer_twice_in_one_image_is_two_layers()
    {
        var layer = new TarBuilder().File("file", "1").ToArray();
        var image = await Import(new LayoutBuilder().Image("a", "linux/amd64", layer, layer));
        Assert.Equal(2, image.Layers.Count);
        Assert.Equal(2, _images.Count("layers"));
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private async Task<ContainerImage> Import(LayoutBuilder layout) =>
        Assert.Single(await _images.All.Import.HandleAsync(
        new MemoryStream(layout.ToArchive()), new ImageImport(), null, TestContext.Current.CancellationToken));

    private async Task<OverlayMountPoint> Mount(params TarBuilder[] layers)
    {
        var image = await Import(
            new LayoutBuilder().Image("image", "linux/amd64", [.. layers.Select(layer => layer.ToArray())]));
        using var lease = _images.All.Store.Use(image.Id);
        return new OverlayMountPoint(lease.LowerDirectories);
    }
}
