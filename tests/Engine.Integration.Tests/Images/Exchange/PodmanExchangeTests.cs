using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images.Exchange;

public sealed class PodmanExchangeTests(OwnEngineFixture fixture) : ExchangeTest(fixture)
{
    public static TheoryData<ImageArchiveFormat, ArchiveCompression> Forms => new(
        Enum.GetValues<ImageArchiveFormat>().SelectMany(
            format => Enum.GetValues<ArchiveCompression>().Select(compression => (format, compression))));

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Podman_loads_what_is_exported(ImageArchiveFormat format, ArchiveCompression compression)
    {
        Require("podman");
        string one = NewReference("1"), two = NewReference("2");
        ContainerImage image = await MakeAsync(one), other = await MakeAsync(two);
        await PodmanAsync("load", "--input", await ExportAsync(format, compression, one));
        await AssertThereAsync(image, one);
        await PodmanAsync("load", "--input", await ExportAsync(format, compression, other.Id));
        Assert.Equal(other.Id[7..], await PodmanAsync("image", "inspect", "--format", "{{.Id}}", other.Id[7..]));

        // In a layout of several images podman wants to be told which, and its load cannot be. Docker's lists it reads
        // (containers/image 5.23) when the archive is plain or zstd; not in gzip, whoever has packed it.
        if (format == ImageArchiveFormat.Docker && compression != ArchiveCompression.Gzip)
        {
            string tagged = NewReference("3");
            await Images.TagAsync(one, tagged, Cancel);
            await PodmanAsync("rmi", "--all", "--force");
            await PodmanAsync("load", "--input", await ExportAsync(format, compression, one, tagged, two));
            await AssertThereAsync(image, one);
            await AssertThereAsync(image, tagged);
            await AssertThereAsync(other, two);
        }
    }

    [Theory]
    [InlineData("docker-archive")]
    [InlineData("oci-archive")]
    public async Task What_podman_saves_comes_in(string format)
    {
        Require("podman");
        string root = PathOf("root.tar"), saved = PathOf("saved.tar"), reference = NewReference();
        await File.WriteAllBytesAsync(root, BusyboxImage.Archive, Cancel);
        await PodmanAsync("import", "--message", "by podman", root, "docker.io/library/" + reference);
        string[] seen = (await PodmanAsync(
            "image", "inspect", "--format", "{{range .RootFS.Layers}} {{.}}{{end}}", reference)).Trim().Split(' ');
        await PodmanAsync("save", "--format", format, "--output", saved, "docker.io/library/" + reference);
        ContainerImage image = Assert.Single(await ImportFileAsync(saved));
        Assert.Equal(seen, image.Layers);
        Assert.Contains(reference, image.References);
        Assert.Equal("hello", (await RunAsync(Config("echo", "hello") with { Image = reference })).Text);
    }

    private async Task AssertThereAsync(ContainerImage image, string reference)
    {
        string[] seen = (await PodmanAsync(
            "image", "inspect", "--format", "sha256:{{.Id}}{{range .RootFS.Layers}} {{.}}{{end}}", reference)).Split(' ');
        Assert.Equal([image.Id, .. image.Layers], seen);
    }

    // Storage of the test's own, by the driver that needs nothing of the kernel.
    private Task<string> PodmanAsync(params string[] arguments) => RunToolAsync(
        "podman",
        ["--root", PathOf("storage"), "--runroot", PathOf("run"), "--tmpdir", PathOf("tmp"), "--storage-driver", "vfs", .. arguments]);
}
