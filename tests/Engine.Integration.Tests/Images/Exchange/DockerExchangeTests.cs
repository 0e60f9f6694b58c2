using Engine.Integration.Tests.Harness;
using Engine.Integration.Tests.Harness.Docker;

namespace Engine.Integration.Tests.Images.Exchange;

public sealed class DockerExchangeTests(OwnEngineFixture fixture) : ExchangeTest(fixture)
{
    [Fact]
    public async Task Docker_loads_what_is_exported()
    {
        await using DockerDaemon docker = await DockerDaemon.StartAsync(Cancel);
        string one = NewReference("1");

        // Docker reads zstd since version 23; the others read it of us (see the tests beside this one).
        foreach (ArchiveCompression compression in (ArchiveCompression[])[ArchiveCompression.None, ArchiveCompression.Gzip])
        {
            string repository = $"image-{NewName()}", first = $"{repository}:a", second = $"{repository}:b";
            ContainerImage image = await MakeAsync(first, second);
            ContainerImage other = await MakeAsync(one);
            await docker.RunAsync(
                ["load", "--input", await ExportAsync(ImageArchiveFormat.Docker, compression, first)], Cancel);
            await AssertThereAsync(docker, image, first);
            await docker.RunAsync(["image", "rm", first], Cancel);

            // A repository is all its tags; then two images, and one by its id.
            await docker.RunAsync(
                ["load", "--input", await ExportAsync(ImageArchiveFormat.Docker, compression, repository)], Cancel);
            await AssertThereAsync(docker, image, first, second);
            await docker.RunAsync(["image", "rm", first, second], Cancel);
            await docker.RunAsync(
                ["load", "--input", await ExportAsync(ImageArchiveFormat.Docker, compression, second, one)], Cancel);
            await AssertThereAsync(docker, image, second);
            await AssertThereAsync(docker, other, one);
            await docker.RunAsync(["image", "rm", second, one], Cancel);
            string loaded = await docker.RunAsync(
                ["load", "--input", await ExportAsync(ImageArchiveFormat.Docker, compression, other.Id)], Cancel);
            Assert.Contains(other.Id, loaded);
            Assert.Equal("/etc/marker", await docker.RunAsync(
                ["run", "--rm", "--network", "none", other.Id, "ls", "/etc/marker"], Cancel));
            await docker.RunAsync(["image", "rm", other.Id], Cancel);
            await Images.RemoveAsync(image.Id, force: true, Cancel);
        }
    }

    [Fact]
    public async Task What_docker_saves_comes_in()
    {
        await using DockerDaemon docker = await DockerDaemon.StartAsync(Cancel);
        string root = PathOf("root.tar"), saved = PathOf("saved.tar");
        await File.WriteAllBytesAsync(root, BusyboxImage.Archive, Cancel);
        string one = NewReference("1"), two = NewReference("2"), other = NewReference();
        await docker.RunAsync(["import", "--message", "by docker", root, one], Cancel);
        await docker.RunAsync(["tag", one, two], Cancel);

        // Layers of docker's own: a container's changes, with everything that it writes in its own way.
        string container = await docker.RunAsync(
            ["run", "--detach", "--network", "none", one, "sh", "-c", "rm -r /home/alice; echo 1 > /etc/new; ln /etc/new /new"], Cancel);
        await docker.RunAsync(["wait", container], Cancel);
        await docker.RunAsync(["commit", container, other], Cancel);
        await docker.RunAsync(["save", "--output", saved, one, two, other], Cancel);

        List<ContainerImage> images = await ImportFileAsync(saved);
        Assert.Equal(2, images.Count);
        await AssertThereAsync(docker, images.Single(image => image.Layers.Count == 1), one, two);
        await AssertThereAsync(docker, images.Single(image => image.Layers.Count == 2), other);
        RunResult run = await RunAsync(Script("ls /home; cat /new") with { Image = other });
        Assert.Equal("1", run.Text);

        string exported = PathOf("exported.tar"), again = NewReference();
        await docker.RunAsync(["export", "--output", exported, container], Cancel);
        await ImportFileAsync(exported, again);
        Assert.Equal("1", (await RunAsync(Script("cat /etc/new") with { Image = again })).Text);
    }

    private static async Task AssertThereAsync(DockerDaemon docker, ContainerImage image, params string[] references)
    {
        foreach (string reference in references)
        {
            string[] seen = (await docker.RunAsync(
                ["image", "inspect", "--format", "{{.Id}}{{range .RootFS.Layers}} {{.}}{{end}}", reference],
                TestContext.Current.CancellationToken)).Split(' ');
            Assert.Equal([image.Id, .. image.Layers], seen);
            Assert.Contains(reference, image.References);
        }
    }
}
