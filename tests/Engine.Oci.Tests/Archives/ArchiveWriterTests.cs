using System.Text;
using System.Text.Json;
using Engine.Oci.Archives;
using Engine.Oci.Documents;
using Engine.Oci.References;
using Engine.Oci.Tests.Layers.Tar;

namespace Engine.Oci.Tests.Archives;

/// <summary>What is written of images, and that our reader has it back.</summary>
public sealed class ArchiveWriterTests
{
    private static readonly ImageParts s_one = ImageParts.Make("one", gzip: true);
    private static readonly ImageParts s_two = ImageParts.Make("two");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<ImageArchiveFormat, ArchiveCompression> Forms => new(
        Enum.GetValues<ImageArchiveFormat>().SelectMany(
            format => Enum.GetValues<ArchiveCompression>().Select(compression => (format, compression))));

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task What_is_written_reads_the_same(ImageArchiveFormat format, ArchiveCompression compression)
    {
        byte[] archive = await WriteAsync(
            [Name("a:1", s_one), Name("quay.io/b/c:2", s_one), Name(null, s_two)], format, compression);
        ArchiveContents contents = await ReadAsync(archive);
        Assert.Equal(2, contents.Images.Count);
        ArchiveImage one = contents.Images.Single(image => image.Config.Digest == s_one.Config.Digest);
        ArchiveImage two = contents.Images.Single(image => image.Config.Digest == s_two.Config.Digest);
        Assert.Equal(["docker.io/library/a:1", "quay.io/b/c:2"], one.References.Select(r => r.ToString()).Order());
        Assert.Empty(two.References);
        Assert.Equal((s_one.Manifest.Digest, s_two.Manifest.Digest), (one.Manifest.Digest, two.Manifest.Digest));
        Assert.Equal(Digest.Compute(s_one.Blob), one.Layers.Single().File.Digest);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_same_images_give_the_same_bytes(ImageArchiveFormat format, ArchiveCompression compression) =>
        Assert.Equal(
            await WriteAsync([Name("a:1", s_one), Name("b:1", s_two)], format, compression),
            await WriteAsync([Name("a:1", s_one), Name("b:1", s_two)], format, compression));

    [Fact]
    public async Task Docker_s_lists_name_the_files_of_the_layout()
    {
        Dictionary<string, byte[]> files = Files(await WriteAsync(
            [Name("a:1", s_one), Name("a:2", s_one), Name(null, s_two)], ImageArchiveFormat.Docker));
        using var manifest = JsonDocument.Parse(files["manifest.json"]);
        JsonElement[] images = [.. manifest.RootElement.EnumerateArray()];
        Assert.Equal(["a:1", "a:2"], images[0].GetProperty("RepoTags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(JsonValueKind.Null, images[1].GetProperty("RepoTags").ValueKind);
        foreach (JsonElement image in images)
        {
            Assert.Contains(image.GetProperty("Config").GetString()!, files.Keys);
            Assert.All(image.GetProperty("Layers").EnumerateArray(), layer => Assert.Contains(layer.GetString()!, files.Keys));
        }

        string top = Digest.Compute(s_one.Blob).Hex;
        Assert.Equal("{\"a\":{\"1\":\"" + top + "\",\"2\":\"" + top + "\"}}", Encoding.UTF8.GetString(files["repositories"]));
        Assert.Equal("""{"imageLayoutVersion":"1.0.0"}""", Encoding.UTF8.GetString(files["oci-layout"]));
    }

    [Fact]
    public async Task A_layout_has_none_of_docker_s_lists_and_no_manifest_in_docker_s_form()
    {
        Document<ImageManifest> docker = ImageDocuments.Write(s_one.Manifest.Value with
        {
            MediaType = MediaTypes.DockerManifest,
            Config = s_one.Config.Describe(MediaTypes.DockerConfig),
            Layers = [s_one.Manifest.Value.Layers[0] with { MediaType = MediaTypes.DockerLayerGzip }],
        });
        byte[] archive = await WriteAsync([Name("a:1", s_one with { Manifest = docker })], ImageArchiveFormat.Oci);
        Dictionary<string, byte[]> files = Files(archive);
        Assert.DoesNotContain("manifest.json", files.Keys);
        Assert.DoesNotContain("repositories", files.Keys);
        ArchiveImage image = Assert.Single((await ReadAsync(archive)).Images);
        Assert.Equal(s_one.Manifest.Digest, image.Manifest.Digest);
        Assert.DoesNotContain(files.Values, file => Encoding.UTF8.GetString(file).Contains("vnd.docker"));
        ArchiveImage kept = Assert.Single((await ReadAsync(
            await WriteAsync([Name("a:1", s_one with { Manifest = docker })], ImageArchiveFormat.Docker))).Images);
        Assert.Equal(docker.Digest, kept.Manifest.Digest);
    }

    [Fact]
    public async Task Several_platforms_of_one_name_are_in_an_index_of_their_own()
    {
        ImageParts other = ImageParts.Make("other", "s390x");
        var name = new SavedName(ImageReference.Parse("m:1"), [Saved(s_one), Saved(other)]);
        byte[] archive = await WriteAsync([name], ImageArchiveFormat.Docker);
        Descriptor entry = Assert.Single(ImageDocuments.ReadIndex(Files(archive)["index.json"]).Value.Manifests);
        Assert.Equal(MediaTypes.OciIndex, entry.MediaType);
        ArchiveContents contents = await ReadAsync(archive);
        Assert.Equal(["amd64", "s390x"], contents.Images.Select(image => image.Platform.Architecture).Order());
        Assert.All(contents.Images, image => Assert.Equal(entry.Digest, image.Index));

        using var manifest = JsonDocument.Parse(Files(archive)["manifest.json"]);
        Assert.Equal(
            [1, 0], manifest.RootElement.EnumerateArray().Select(
                image => image.GetProperty("RepoTags") is { ValueKind: JsonValueKind.Array } tags ? tags.GetArrayLength() : 0));

        Document<ImageIndex> original = ImageParts.Index(
            s_one.Describe() with { Platform = s_one.Config.Value.Platform }, other.Describe());
        byte[] again = await WriteAsync([name with { Index = original }], ImageArchiveFormat.Oci);
        Assert.Equal(original.Digest, Assert.Single(ImageDocuments.ReadIndex(Files(again)["index.json"]).Value.Manifests).Digest);
    }

    [Fact]
    public async Task A_tag_of_two_repositories_does_not_name_two_images_in_a_layout()
    {
        Dictionary<string, byte[]> files = Files(await WriteAsync(
            [Name("a:1", s_one), Name("b:1", s_two), Name("b:2", s_two)], ImageArchiveFormat.Oci));
        Assert.Equal(
            ["docker.io/library/a:1", "docker.io/library/b:1", "2"],
            ImageDocuments.ReadIndex(files["index.json"]).Value.Manifests.Select(m => m.Annotation(MediaTypes.RefNameAnnotation)));
    }

    [Fact]
    public async Task A_blob_that_is_too_short_is_an_error()
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => ArchiveWriter.WriteAsync(
            Stream.Null, [Name("a:1", s_one)], ImageArchiveFormat.Docker, ArchiveCompression.None,
            _ => new MemoryStream(s_one.Blob, 0, s_one.Blob.Length - 1), null, Cancel));
        Assert.Equal(EngineErrorReason.ContentMissing, error.Reason);
    }

    private static SavedImage Saved(ImageParts parts) => new(parts.Manifest, parts.Config);

    private static SavedName Name(string? reference, ImageParts parts) =>
        new(reference is null ? null : ImageReference.Parse(reference), [Saved(parts)]);

    private static async Task<byte[]> WriteAsync(
        SavedName[] names, ImageArchiveFormat format, ArchiveCompression compression = ArchiveCompression.None)
    {
        using var archive = new MemoryStream();
        await ArchiveWriter.WriteAsync(archive, names, format, compression, Open, null, Cancel);
        return archive.ToArray();
    }

    private static MemoryStream Open(Digest digest) => new(
        new[] { s_one, s_two, ImageParts.Make("other", "s390x") }.Select(parts => parts.Blob)
            .First(blob => Digest.Compute(blob) == digest));

    private static async Task<ArchiveContents> ReadAsync(byte[] archive)
    {
        ArchiveHead head = await ArchiveReader.PeekAsync(new MemoryStream(archive), Cancel);
        Assert.True(head.IsImage, "not taken for an archive of images");
        return await ArchiveReader.ReadAsync(head.Content, new MemorySpool(), null, Cancel);
    }

    private static Dictionary<string, byte[]> Files(byte[] archive) =>
        ReadEntry.All(archive).ToDictionary(entry => entry.Name, entry => entry.Content);
}
