using System.Text.Json.Nodes;
using Engine.Integration.Tests.Harness;
using Engine.Integration.Tests.Harness.Docker;

namespace Engine.Integration.Tests.Images;

/// <summary>What a real <c>docker save</c> wrote is the same image here: id, layers and configuration.</summary>
public sealed class DockerSaveTests(EngineFixture fixture) : ImageTest(fixture)
{
    private DockerDaemon _docker = null!;
    private string _directory = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _docker = await DockerDaemon.StartAsync(Cancel);
        _directory = Directory.CreateTempSubdirectory("engine-save-").FullName;
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        // Neither is there when the test was skipped.
        if (_docker is not null)
        {
            await _docker.DisposeAsync();
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task One_saved_image_keeps_its_id_its_tags_and_its_configuration_and_runs()
    {
        string one = NewReference(), two = NewReference("2");
        await ImportIntoDockerAsync(
            BusyboxImage.Archive, one, "CMD [\"sh\"]", "ENTRYPOINT [\"/bin/env\"]", "ENV A=1", "LABEL l=v",
            "EXPOSE 80/tcp", "VOLUME /data", "USER alice", "WORKDIR /srv");
        await DockerAsync("tag", one, two);

        ContainerImage image = await ImportOneAsync(await SaveAsync(one, two));

        Assert.Superset(new HashSet<string> { one, two }, image.References.ToHashSet());
        await AssertSameAsync(one, image);
        RunResult run = await RunAsync(Config() with { Image = one, Entrypoint = ["id", "-un"] });
        Assert.Equal("alice", run.Text);
    }

    [Fact]
    public async Task Of_several_saved_images_each_keeps_its_own_layers()
    {
        string below = NewReference(), above = NewReference("2");
        await ImportIntoDockerAsync(BusyboxImage.Archive, below, "CMD [\"sh\"]", "LABEL which=below");
        await ImportIntoDockerAsync(SmallLayer(), above, "LABEL which=above");

        List<ContainerImage> images = await ImportAsync(await SaveAsync(below, above));

        Assert.Equal(2, images.Count);
        foreach (string reference in (string[])[below, above])
        {
            await AssertSameAsync(reference, Assert.Single(images, image => image.References.Contains(reference)));
        }
    }

    [Fact]
    public async Task What_docker_loaded_and_saved_again_is_the_image_that_it_loaded()
    {
        string reference = NewReference();
        var layout = new TestLayout();
        layout.Add(BusyboxImage.Archive).Add(SmallLayer("from docker"));
        string file = Path.Combine(_directory, "load.tar");
        await File.WriteAllBytesAsync(file, layout.ToDockerArchive(reference), Cancel);
        await DockerAsync("load", "--input", file);

        ContainerImage image = await ImportOneAsync(await SaveAsync(reference));

        Assert.Equal(2, image.Layers.Count);
        await AssertSameAsync(reference, image);
        RunResult run = await RunAsync(Config("cat", "/etc/marker") with { Image = reference });
        Assert.Equal("from docker", run.Text);
    }

    private Task<string> DockerAsync(params string[] arguments) => _docker.RunAsync(arguments, Cancel);

    private async Task ImportIntoDockerAsync(byte[] rootFileSystem, string reference, params string[] changes)
    {
        string file = Path.Combine(_directory, "import.tar");
        await File.WriteAllBytesAsync(file, rootFileSystem, Cancel);
        await DockerAsync(["import", .. changes.SelectMany(c => (string[])["--change", c]), file, reference]);
    }

    private async Task<byte[]> SaveAsync(params string[] references)
    {
        string file = Path.Combine(_directory, "save.tar");
        await DockerAsync(["save", "--output", file, .. references]);
        return await File.ReadAllBytesAsync(file, Cancel);
    }

    private async Task AssertSameAsync(string reference, ContainerImage image)
    {
        JsonNode docker = JsonNode.Parse(await DockerAsync("image", "inspect", reference))![0]!;
        Assert.Equal((string?)docker["Id"], image.Id);
        Assert.Equal(Strings(docker["RootFS"]!["Layers"]), image.Layers);
        Assert.Equal((string?)docker["Architecture"], image.Architecture);
        JsonNode expected = docker["Config"]!;
        ImageConfiguration configuration = image.Configuration;
        Assert.Equal(Strings(expected["Cmd"]), configuration.Command);
        Assert.Equal(Strings(expected["Entrypoint"]), configuration.Entrypoint);
        Assert.Equal(Strings(expected["Env"]), configuration.Environment);
        Assert.Equal(Keys(expected["ExposedPorts"]), configuration.ExposedPorts);
        Assert.Equal(Keys(expected["Volumes"]), configuration.Volumes);
        Assert.Equal(Keys(expected["Labels"]), configuration.Labels.Keys);
        Assert.Equal(
            ((string?)expected["User"] ?? "", (string?)expected["WorkingDir"] ?? "",
                (string?)expected["StopSignal"] ?? ""),
            (configuration.User, configuration.WorkingDirectory, configuration.StopSignal));
    }

    private static string[] Strings(JsonNode? list) => [.. list?.AsArray().Select(i => (string)i!) ?? []];

    private static string[] Keys(JsonNode? map) => [.. map?.AsObject().Select(p => p.Key) ?? []];
}
