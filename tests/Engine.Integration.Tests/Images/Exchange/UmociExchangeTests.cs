using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images.Exchange;

public sealed class UmociExchangeTests(OwnEngineFixture fixture) : ExchangeTest(fixture)
{
    [Theory]
    [InlineData(ImageArchiveFormat.Docker)]
    [InlineData(ImageArchiveFormat.Oci)]
    public async Task Umoci_unpacks_what_is_exported(ImageArchiveFormat format)
    {
        Require("umoci", "tar");
        string one = NewReference("1"), two = NewReference("2");
        ContainerImage image = await MakeAsync(one);
        await MakeAsync(two);
        string archive = await ExportAsync(format, ArchiveCompression.None, one, two), layout = PathOf("layout");
        Directory.CreateDirectory(layout);
        await RunToolAsync("tar", "-xf", archive, "-C", layout);
        foreach (string tag in (string[])["1", "2"])
        {
            string bundle = PathOf("bundle-" + tag);
            await RunToolAsync("umoci", "unpack", "--image", $"{layout}:{tag}", bundle);
            RunResult run = await RunAsync(Config("cat", "/etc/marker") with { Image = tag == "1" ? one : two });
            Assert.Equal(run.Output.TrimEnd(), await File.ReadAllTextAsync(Path.Combine(bundle, "rootfs/etc/marker"), Cancel));
            Assert.True(File.Exists(Path.Combine(bundle, "rootfs/bin/busybox")), "The lower layer is missing.");
        }

        Assert.Equal(2, image.Layers.Count);
    }

    [Fact]
    public async Task A_container_that_is_committed_and_exported_is_unpacked_by_umoci_as_it_was()
    {
        Require("umoci", "tar");
        string reference = NewReference("1"), layout = PathOf("layout"), bundle = PathOf("bundle");
        RunResult run = await RunAsync(Script("rm -r /home; mkdir /home; echo 1 > /home/new; ln /home/new /linked; rm /etc/data"));
        await Images.CommitAsync(new ImageCommit { Container = run.Container.Id, Reference = reference }, Cancel);
        Directory.CreateDirectory(layout);
        await RunToolAsync(
            "tar", "-xf", await ExportAsync(ImageArchiveFormat.Oci, ArchiveCompression.None, reference), "-C", layout);
        await RunToolAsync("umoci", "unpack", "--image", $"{layout}:1", bundle);
        Assert.Equal(
            "new", await RunToolAsync("ls", Path.Combine(bundle, "rootfs/home")));
        Assert.Equal("2", await RunToolAsync("stat", "-c", "%h", Path.Combine(bundle, "rootfs/linked")));
        Assert.False(File.Exists(Path.Combine(bundle, "rootfs/etc/data")), "A deleted file is there.");
    }

    [Fact]
    public async Task What_umoci_makes_comes_in()
    {
        Require("umoci", "tar");
        string layout = PathOf("layout"), archive = PathOf("layout.tar"), root = PathOf("root"), reference = NewReference();
        Directory.CreateDirectory(root);
        await File.WriteAllBytesAsync(PathOf("root.tar"), BusyboxImage.Archive, Cancel);
        await RunToolAsync("tar", "-xf", PathOf("root.tar"), "-C", root);
        await RunToolAsync("umoci", "init", "--layout", layout);
        await RunToolAsync("umoci", "new", "--image", layout + ":made");
        await RunToolAsync("umoci", "insert", "--image", layout + ":made", root, "/");
        await RunToolAsync("umoci", "config", "--image", layout + ":made", "--config.cmd", "echo", "--config.cmd", "by umoci");
        await RunToolAsync("tar", "-cf", archive, "-C", layout, ".");
        ContainerImage image = Assert.Single(await ImportFileAsync(archive, reference));
        Assert.Single(image.Layers);
        Assert.Equal("by umoci", (await RunAsync(new ContainerConfiguration { Image = reference })).Text);
    }
}
