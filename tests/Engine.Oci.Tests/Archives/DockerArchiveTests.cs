using System.Text;
using Engine.Oci.Archives;
using Engine.Oci.Tests.Layers.Tar;

namespace Engine.Oci.Tests.Archives;

public sealed class DockerArchiveTests
{
    private static readonly string s_id1 = new('a', 64);
    private static readonly string s_id2 = new('b', 64);

    [Fact]
    public async Task An_archive_of_docker_before_25_is_read_through_its_links()
    {
        ImageParts image = ImageParts.Make("a");
        string config = image.Config.Digest.Hex + ".json";
        byte[] archive = new RawTar()
            .Entry(s_id1 + "/", '5').Entry(s_id1 + "/VERSION", '0', "1.0"u8.ToArray()).Entry(s_id1 + "/json", '0', "{}"u8.ToArray())
            .Entry(s_id1 + "/layer.tar", '2', null, block => Encoding.UTF8.GetBytes($"../{s_id2}/layer.tar").CopyTo(block, 157))
            .Entry(s_id2 + "/layer.tar", '0', image.Layer)
            .Entry(config, '0', image.Config.Raw.ToArray())
            .Entry("manifest.json", '0', ImageParts.Json($$"""[{"Config":"{{config}}","RepoTags":["a:1","quay.io/b:2","<none>:<none>"],"Layers":["{{s_id1}}/layer.tar"]},{"Config":"{{config}}","RepoTags":null,"Layers":["{{s_id2}}/layer.tar"],"Parent":"x"}]"""))
            .Entry("repositories", '0', "{}"u8.ToArray())
            .End();
        ArchiveContents contents = await OciLayoutTests.ReadTarAsync(archive);
        Assert.Equal((ArchiveKind.DockerArchive, 2), (contents.Kind, contents.Images.Count));
        ArchiveImage read = contents.Images[0];
        Assert.Equal(["docker.io/library/a:1", "quay.io/b:2"], read.References.Select(reference => reference.ToString()));
        Assert.True(read.IsManifestMade);
        Assert.Equal(image.Config.Digest, read.Manifest.Value.Config.Digest);
        Assert.Equal((Digest.Compute(image.Layer), MediaTypes.OciLayer), (read.Layers[0].Descriptor.Digest, read.Layers[0].Descriptor.MediaType));
        Assert.Empty(contents.Images[1].References);
    }

    [Fact]
    public async Task A_compressed_layer_keeps_its_compression()
    {
        ImageParts image = ImageParts.Make("a", gzip: true);
        ArchiveContents contents = await OciLayoutTests.ReadAsync(
            [("l.tar.gz", image.Blob), ("c.json", image.Config.Raw.ToArray()), ("manifest.json", """[{"Config":"c.json","Layers":["l.tar.gz"]}]"""u8.ToArray())]);
        ArchiveLayer layer = Assert.Single(Assert.Single(contents.Images).Layers);
        Assert.Equal((MediaTypes.OciLayerGzip, Digest.Compute(image.Blob), Digest.Compute(image.Layer)), (layer.Descriptor.MediaType, layer.File.Digest, layer.DiffId));
    }

    [Fact]
    public async Task An_archive_of_the_oldest_kind_gets_a_configuration()
    {
        ImageParts one = ImageParts.Make("a"), two = ImageParts.Make("b", gzip: true);
        ArchiveContents contents = await OciLayoutTests.ReadAsync(
        [
            (s_id2 + "/json", ImageParts.Json($$"""{"id":"{{s_id2}}","parent":"{{s_id1}}","created":"2014-01-02T03:04:05Z","architecture":"arm64","os":"linux","config":{"Cmd":["sh"]},"container_config":{"Cmd":["/bin/sh","-c","x"]},"Size":1}""")),
            (s_id2 + "/layer.tar", two.Blob),
            (s_id1 + "/layer.tar", one.Blob),
            (s_id1 + "/json", ImageParts.Json($$"""{"id":"{{s_id1}}"}""")),
            ("repositories", ImageParts.Json($$"""{"old":{"1":"{{s_id2}}","2":"{{s_id2}}"},"base":{"latest":"{{s_id1}}"} }""")),
        ]);
        Assert.Equal(2, contents.Images.Count);
        ArchiveImage read = contents.Images[0];
        Assert.Equal(["old:1", "old:2"], read.References.Select(reference => reference.Familiar));
        Assert.Equal([Digest.Compute(one.Layer), Digest.Compute(two.Layer)], read.Layers.Select(layer => layer.DiffId));
        Assert.Equal(("linux/arm64", "sh"), (read.Platform.ToString(), Assert.Single(read.Config.Value.Config!.Cmd!)));
        Assert.Equal([null, "/bin/sh -c x"], read.Config.Value.History!.Select(entry => entry.CreatedBy));
        Assert.Equal("base:latest", Assert.Single(contents.Images[1].References).Familiar);
    }

    [Theory]
    [InlineData("""[]""", EngineErrorReason.InvalidArchive)]
    [InlineData("""[null]""", EngineErrorReason.InvalidArchive)]
    [InlineData("""[{}]""", EngineErrorReason.InvalidArchive)]
    [InlineData("""[{"Config":"c.json"}]""", EngineErrorReason.InvalidManifest)]
    [InlineData("""[{"Config":"c.json","Layers":[null]}]""", EngineErrorReason.InvalidArchive)]
    [InlineData("""[{"Config":"c.json","Layers":["nothing"]}]""", EngineErrorReason.InvalidArchive)]
    [InlineData("""[{"Config":"c.json","Layers":["loop1"]}]""", EngineErrorReason.InvalidArchive)]
    [InlineData("""[{"Config":"c.json","Layers":["../../../etc/shadow"]}]""", EngineErrorReason.ArchiveEscapesRoot)]
    [InlineData("""[{"Config":"c.json","Layers":["l","l"]}]""", EngineErrorReason.InvalidManifest)]
    [InlineData("""[{"Config":"l","Layers":["l"]}]""", EngineErrorReason.InvalidManifest)]
    [InlineData("""[{"Config":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.json","Layers":["l"]}]""", EngineErrorReason.DigestMismatch)]
    [InlineData("""[{"Config":"c.json","Layers":["l"],"RepoTags":["A:1"]}]""", EngineErrorReason.InvalidReference)]
    [InlineData("""[{"Config":""", EngineErrorReason.InvalidArchive)]
    public async Task A_list_that_is_not_sound_is_refused(string list, string reason)
    {
        ImageParts image = ImageParts.Make("a");
        byte[] archive = new RawTar()
            .Entry("c.json", '0', image.Config.Raw.ToArray()).Entry("l", '0', image.Layer)
            .Entry("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.json", '0', image.Config.Raw.ToArray())
            .Entry("loop1", '2', null, block => "loop2"u8.CopyTo(block.AsSpan(157)))
            .Entry("loop2", '1', null, block => "loop1"u8.CopyTo(block.AsSpan(157)))
            .Entry("manifest.json", '0', Encoding.UTF8.GetBytes(list)).End();
        EngineException error = await Assert.ThrowsAsync<EngineException>(() => OciLayoutTests.ReadTarAsync(archive));
        Assert.True(error.Reason == reason, error.ToString());
    }

    [Theory]
    [InlineData("""{"x":{"1":"missing"}}""")]
    [InlineData("""{"x":{"1":null}}""")]
    [InlineData("""{"x":null}""")]
    [InlineData("""{"x":1}""")]
    [InlineData("""{"x":{"1":"AAA"}}""")]
    public async Task Parents_that_are_missing_or_lead_in_a_circle_are_refused(string repositories)
    {
        byte[] layer = ImageParts.Make("a").Layer;
        await OciLayoutTests.RefusesAsync(EngineErrorReason.InvalidArchive,
        [
            (s_id1 + "/json", ImageParts.Json($$"""{"parent":"{{s_id1}}"}""")),
            (s_id1 + "/layer.tar", layer),
            ("repositories", ImageParts.Json(repositories.Replace("AAA", s_id1, StringComparison.Ordinal))),
        ]);
    }

    [Fact]
    public async Task An_archive_cut_anywhere_is_refused()
    {
        ImageParts image = ImageParts.Make("a");
        byte[] whole = ImageParts.Gzip(OciLayoutTests.Tar(
            ("l", image.Layer), ("c.json", image.Config.Raw.ToArray()), ("manifest.json", """[{"Config":"c.json","Layers":["l"]}]"""u8.ToArray())));
        Assert.Single((await OciLayoutTests.ReadTarAsync(whole)).Images);
        for (int length = 0; length < whole.Length; length += 7)
        {
            EngineException error = await Assert.ThrowsAsync<EngineException>(() => OciLayoutTests.ReadTarAsync(whole[..length]));
            Assert.Equal(EngineErrorReason.InvalidArchive, error.Reason);
        }
    }
}
