using System.Runtime.InteropServices;

namespace Engine.Core.Tests.Images;

public sealed class RootFileSystemImportTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public RootFileSystemImportTests() => _images = new TestImages(_directory["data"]);

    [Fact]
    public async Task A_root_file_system_becomes_an_image_of_one_layer()
    {
        var tar = BusyBox.Tar(_directory["busybox.tar"]);
        var image = Assert.Single(await _images.Import(tar, new ImageImport
        {
            References = ["busybox", "example.com:5000/tools/bb:1.36"],
            Changes = ["CMD [\"sh\"]", "ENV A=1 B=\"two words\"", "LABEL maker=me", "WORKDIR /tmp", "EXPOSE 80 53/udp"],
            Message = "from a test",
        }));

        Assert.Matches("^sha256:[0-9a-f]{64}$", image.Id);
        Assert.Equal(["busybox:latest", "example.com:5000/tools/bb:1.36"], image.References);
        Assert.Equal("linux", image.Os);
        Assert.Equal(RuntimeInformation.OSArchitecture == Architecture.X64 ? "amd64" : "arm64", image.Architecture);
        Assert.Equal(["sh"], image.Configuration.Command);
        Assert.Equal(["A=1", "B=two words"], image.Configuration.Environment);
        Assert.Equal("me", image.Configuration.Labels["maker"]);
        Assert.Equal("/tmp", image.Configuration.WorkingDirectory);
        Assert.Equal(["53/udp", "80/tcp"], image.Configuration.ExposedPorts);
        Assert.Equal("from a test", image.Comment);
        Assert.Equal("sha256:" + Tool.Shell($"sha256sum {tar}")[..64], Assert.Single(image.Layers));
        Assert.True(image.Size > 500_000, $"The size is {image.Size}.");
    }

    [Fact]
    public async Task Its_lease_gives_a_directory_that_holds_the_file_system()
    {
        await _images.Import(BusyBox.Tar(_directory["busybox.tar"]), new ImageImport { References = ["busybox"] });
        using var lease = _images.All.Store.Use("busybox");
        Assert.Equal("docker.io/library/busybox:latest", lease.Reference);
        var lower = Assert.Single(lease.LowerDirectories);
        Assert.Equal("hello\n", Tool.Run("/usr/sbin/chroot", lower, "/bin/busybox", "echo", "hello"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_images.Directories.Ingest));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("xz")]
    [InlineData("bzip2")]
    public async Task How_it_is_compressed_does_not_matter(string program)
    {
        var tar = BusyBox.Tar(_directory["busybox.tar"]);
        var plain = Assert.Single(await _images.Import(tar));
        Tool.Shell($"{program} -c {tar} > {_directory["compressed"]}");
        var compressed = Assert.Single(await _images.Import(_directory["compressed"]));
        Assert.Equal(plain.Layers, compressed.Layers);
        Assert.Equal(plain.Size, compressed.Size);
        Assert.Single(Directory.EnumerateDirectories(_images.Directories.Layers));
    }

    [Fact]
    public async Task The_same_archive_twice_gives_two_images_that_share_the_layer()
    {
        var tar = BusyBox.Tar(_directory["busybox.tar"]);
        var first = Assert.Single(await _images.Import(tar, new ImageImport { References = ["bb"] }));
        var second = Assert.Single(
            await _images.Import(tar, new ImageImport { References = ["bb"], Message = "again" }));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(second.Id, _images.All.Get.Handle("bb").Id);
        Assert.Empty(_images.All.Get.Handle(first.Id).References);
        Assert.Single(Directory.EnumerateDirectories(_images.Directories.Layers));
    }

    [Theory]
    [InlineData("RUN true", EngineErrorReason.InvalidChange)]
    [InlineData("EXPOSE 99999", EngineErrorReason.InvalidChange)]
    [InlineData("ENV", EngineErrorReason.InvalidChange)]
    public async Task A_change_that_cannot_be_applied_is_refused_before_anything_is_read(string change, string reason)
    {
        using var unreadable = new MemoryStream();
        unreadable.Close();
        var error = await Assert.ThrowsAsync<EngineException>(() => _images.All.Import.HandleAsync(
            unreadable, new ImageImport { Changes = [change] }, null, TestContext.Current.CancellationToken));
        Assert.Equal(reason, error.Reason);
        _images.AssertEmpty();
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }
}
