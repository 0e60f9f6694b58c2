using Engine.Oci.Platforms;

namespace Engine.Core.Tests.Images;

/// <summary>Images of several platforms under one name.</summary>
public sealed class PlatformTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;
    private readonly string _host = $"{Platform.Host.Os}/{Platform.Host.Architecture}";
    private readonly string _other = Platform.Host.Architecture == "s390x" ? "linux/ppc64le" : "linux/s390x";

    public PlatformTests() => _images = new TestImages(_directory["data"]);

    [Fact]
    public async Task All_are_imported_and_the_host_s_is_meant_by_the_name_alone()
    {
        var images = await Import(
            new LayoutBuilder().Index("multi", (_other, [Layer("other")]), (_host, [Layer("host")])));
        Assert.Equal(2, images.Count);
        Assert.All(images, image => Assert.Equal(["multi:latest"], image.References));
        Assert.Equal(_host, _images.All.Get.Handle("multi").Configuration.Labels["platform"]);
        Assert.Equal(_other, _images.All.Get.Handle("multi", _other).Configuration.Labels["platform"]);
        using var lease = _images.All.Store.Use("multi", _other);
        Assert.Equal("other", File.ReadAllText(Path.Combine(lease.LowerDirectories[0], "file")));
    }

    [Fact]
    public async Task Only_the_one_that_was_asked_for_is_imported()
    {
        var layout = new LayoutBuilder().Index("multi", (_other, [Layer("other")]), (_host, [Layer("host")]));
        var image = Assert.Single(await Import(layout, new ImageImport { Platform = _other }));
        Assert.Equal(_other, image.Configuration.Labels["platform"]);
        Assert.Equal(1, _images.Count("layers"));
        var error = Assert.Throws<EngineException>(() => _images.All.Get.Handle("multi", "linux/riscv64"));
        Assert.Equal(EngineErrorReason.PlatformNotFound, error.Reason);

        // What is there is used, if nothing else is asked for: the caller is warned elsewhere.
        Assert.Equal(image.Id, _images.All.Get.Handle("multi").Id);
    }

    [Fact]
    public async Task A_tag_of_it_names_all_platforms_and_removing_the_last_one_removes_all()
    {
        await Import(new LayoutBuilder().Index("multi", (_other, [Layer("other")]), (_host, [Layer("host")])));
        _images.All.Tag.Handle("multi", "again");
        await _images.All.Remove.HandleAsync("multi", false, noPrune: false, platform: null, TestContext.Current.CancellationToken);
        Assert.Equal(_other, _images.All.Get.Handle("again", _other).Configuration.Labels["platform"]);
        await _images.All.Remove.HandleAsync("again", false, noPrune: false, platform: null, TestContext.Current.CancellationToken);
        _images.AssertEmpty();
    }

    [Fact]
    public async Task Images_for_another_system_are_left_out()
    {
        var image = Assert.Single(await Import(new LayoutBuilder().Index("multi", ("windows/amd64", [Layer("w")]), (_host, [Layer("host")]))));
        Assert.Equal(_host, image.Configuration.Labels["platform"]);
        var error = await Assert.ThrowsAsync<EngineException>(
            () => Import(new LayoutBuilder().Image("w", "windows/amd64", Layer("w"))));
        Assert.Equal(EngineErrorReason.PlatformNotFound, error.Reason);
    }

    [Fact]
    public async Task Several_images_with_names_of_their_own_are_all_there_and_take_no_other_name()
    {
        var layout = new LayoutBuilder().Image("one", _host, Layer("1")).Image("example.com/two:2", _host, Layer("2")).Image(null, _host, Layer("3"));
        var images = await Import(layout);
        Assert.Equal(["one:latest"], images[0].References);
        Assert.Equal(["example.com/two:2"], images[1].References);
        Assert.Empty(images[2].References);
        var error = await Assert.ThrowsAsync<EngineException>(
            () => Import(layout, new ImageImport { References = ["all"] }));
        Assert.Equal(EngineErrorReason.InvalidReference, error.Reason);
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private static byte[] Layer(string content) => new TarBuilder().File("file", content).ToArray();

    private Task<IReadOnlyList<ContainerImage>> Import(LayoutBuilder layout, ImageImport? import = null) =>
        _images.All.Import.HandleAsync(
        new MemoryStream(layout.ToArchive()), import ?? new ImageImport(), null, TestContext.Current.CancellationToken);
}
