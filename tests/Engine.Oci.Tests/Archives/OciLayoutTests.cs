using Engine.Oci.Archives;
using Engine.Oci.Documents;
using Engine.Oci.Tests.Layers.Tar;

namespace Engine.Oci.Tests.Archives;

public sealed class OciLayoutTests
{
    [Fact]
    public async Task Names_are_references_or_tags_and_the_order_of_files_is_free()
    {
        ImageParts image = ImageParts.Make("a", gzip: true);
        Document<ImageIndex> index = ImageParts.Index(
            image.Describe(refName: "latest"), image.Describe(refName: "quay.io/a/b:1"), image.Describe(refName: "1", containerdName: "docker.io/library/c:1"));
        foreach (bool indexFirst in (bool[])[true, false])
        {
            (string, byte[])[] list = [("index.json", index.Raw.ToArray()), ("oci-layout", "{}"u8.ToArray())];
            ArchiveContents contents = await ReadAsync(indexFirst ? [.. list, .. image.Blobs()] : [.. image.Blobs(), .. list]);
            Assert.Equal(ArchiveKind.OciLayout, contents.Kind);
            ArchiveImage read = Assert.Single(contents.Images);
            Assert.Equal(["latest"], read.Tags);
            Assert.Equal(["quay.io/a/b:1", "docker.io/library/c:1"], read.References.Select(reference => reference.ToString()));
            Assert.Equal(image.Manifest.Digest, read.Manifest.Digest);
            Assert.Equal((false, "linux/amd64"), (read.IsManifestMade, read.Platform.ToString()));
            Assert.Equal(Digest.Compute(image.Layer), Assert.Single(read.Layers).DiffId);
        }
    }

    [Fact]
    public async Task Platforms_of_a_nested_index_are_read_and_what_is_not_there_is_told()
    {
        ImageParts amd = ImageParts.Make("a"), arm = ImageParts.Make("b", "arm64"), absent = ImageParts.Make("c", "s390x");
        Descriptor attestation = new()
        {
            MediaType = MediaTypes.OciManifest,
            Digest = Digest.Compute("attestation"u8),
            Size = 11,
            Annotations = new Dictionary<string, string> { [MediaTypes.ReferenceTypeAnnotation] = "attestation-manifest" },
        };
        Document<ImageIndex> inner = ImageParts.Index(amd.Describe(), arm.Describe(), absent.Describe(), attestation);
        Document<ImageIndex> outer = ImageParts.Index(inner.Describe(MediaTypes.OciIndex) with { Annotations = new Dictionary<string, string> { [MediaTypes.RefNameAnnotation] = "x:1" } });
        ArchiveContents contents = await ReadAsync(
            [("index.json", outer.Raw.ToArray()), (ImageParts.BlobName(inner.Digest), inner.Raw.ToArray()), .. amd.Blobs(), .. arm.Blobs(), absent.Blobs()[0]]);
        Assert.Equal(["linux/amd64", "linux/arm64"], contents.Images.Select(image => image.Platform.ToString()));
        Assert.All(contents.Images, image => Assert.Equal((inner.Digest, "docker.io/library/x:1"), (image.Index, Assert.Single(image.References).ToString())));
        Assert.Equal([absent.Manifest.Digest], contents.Missing);
    }

    [Fact]
    public async Task An_archive_that_is_both_takes_names_from_both()
    {
        ImageParts image = ImageParts.Make("a");
        string docker = $$"""[{"Config":"{{ImageParts.BlobName(image.Config.Digest)}}","RepoTags":["x:1","x:2"],"Layers":["{{ImageParts.BlobName(Digest.Compute(image.Blob))}}"]}]""";
        ArchiveContents contents = await ReadAsync(
            [("index.json", ImageParts.Index(image.Describe(refName: "1", containerdName: "docker.io/library/x:1")).Raw.ToArray()), ("manifest.json", ImageParts.Json(docker)), .. image.Blobs()]);
        ArchiveImage read = Assert.Single(contents.Images);
        Assert.Equal(ArchiveKind.OciLayout, contents.Kind);
        Assert.Equal(["docker.io/library/x:1", "docker.io/library/x:2"], read.References.Select(reference => reference.ToString()));
        Assert.False(read.IsManifestMade);
    }

    [Fact]
    public async Task Blobs_named_by_sha512_are_checked_by_sha512()
    {
        ImageParts image = ImageParts.Make("a");
        Digest sha512 = Digest.Compute(image.Blob, DigestAlgorithm.Sha512);
        Document<ImageManifest> manifest = ImageDocuments.Write(image.Manifest.Value with { Layers = [image.Manifest.Value.Layers[0] with { Digest = sha512 }] });
        byte[] index = ImageParts.Index(manifest.Describe(MediaTypes.OciManifest)).Raw.ToArray();
        (string, byte[])[] rest = [("index.json", index), (ImageParts.BlobName(manifest.Digest), manifest.Raw.ToArray()), image.Blobs()[1]];
        ArchiveContents contents = await ReadAsync([.. rest, ("blobs/sha512/" + sha512.Hex, image.Blob)]);
        Assert.Equal(Digest.Compute(image.Blob), Assert.Single(Assert.Single(contents.Images).Layers).File.Digest);
        await RefusesAsync(EngineErrorReason.DigestMismatch, [.. rest, ("blobs/sha512/" + sha512.Hex, new byte[image.Blob.Length])]);
    }

    [Fact]
    public async Task A_blob_that_is_not_what_its_name_says_is_refused()
    {
        ImageParts image = ImageParts.Make("a");
        (string, byte[])[] blobs = image.Blobs();
        for (int i = 0; i < blobs.Length; i++)
        {
            (string Name, byte[] Content)[] changed = [.. image.Blobs(), ("index.json", ImageParts.Index(image.Describe()).Raw.ToArray())];
            changed[i].Content = [.. changed[i].Content, (byte)' '];
            await RefusesAsync(EngineErrorReason.DigestMismatch, changed);
        }
    }

    [Theory]
    [InlineData("no blobs", EngineErrorReason.InvalidArchive)]
    [InlineData("no index", EngineErrorReason.InvalidArchive)]
    [InlineData("index is no json", EngineErrorReason.InvalidManifest)]
    [InlineData("index lists nothing", EngineErrorReason.InvalidArchive)]
    [InlineData("bad name", EngineErrorReason.InvalidArchive)]
    [InlineData("wrong size", EngineErrorReason.InvalidArchive)]
    [InlineData("layers and diff ids differ", EngineErrorReason.InvalidManifest)]
    [InlineData("index lists itself", EngineErrorReason.InvalidManifest)]
    [InlineData("name escapes", EngineErrorReason.ArchiveEscapesRoot)]
    [InlineData("huge index", EngineErrorReason.InputTooLarge)]
    public async Task An_archive_that_is_not_sound_is_refused(string fault, string reason)
    {
        ImageParts image = ImageParts.Make("a");
        (string, byte[]) index = ("index.json", ImageParts.Index(image.Describe()).Raw.ToArray());
        Document<ImageManifest> two = ImageDocuments.Write(image.Manifest.Value with { Layers = [.. image.Manifest.Value.Layers, .. image.Manifest.Value.Layers] });
        await RefusesAsync(reason, fault switch
        {
            "no blobs" => [index],
            "no index" => image.Blobs(),
            "index is no json" => [("index.json", "{"u8.ToArray())],
            "index lists nothing" => [("index.json", ImageParts.Index().Raw.ToArray())],
            "bad name" => [.. image.Blobs(), ("index.json", ImageParts.Index(image.Describe(refName: "../x")).Raw.ToArray())],
            "wrong size" => [.. image.Blobs(), ("index.json", ImageParts.Index(image.Describe() with { Size = 1 }).Raw.ToArray())],
            "layers and diff ids differ" => [.. image.Blobs(), (ImageParts.BlobName(two.Digest), two.Raw.ToArray()), ("index.json", ImageParts.Index(two.Describe(MediaTypes.OciManifest)).Raw.ToArray())],
            "index lists itself" => [("index.json", """{"schemaVersion":2,"manifests":[{"digest":"index.json","size":1}]}"""u8.ToArray())],
            "name escapes" => [index, .. image.Blobs(), ("../../etc/cron.d/x", "x"u8.ToArray())],
            _ => [("index.json", new byte[5_000_000])],
        });
    }

    [Fact]
    public async Task Indexes_that_list_each_other_a_million_times_are_refused_soon()
    {
        var files = new List<(string, byte[])>();
        ImageParts image = ImageParts.Make("a");
        files.AddRange(image.Blobs());
        Descriptor below = image.Describe();
        for (int level = 0; level < 6; level++)
        {
            Document<ImageIndex> index = ImageParts.Index([.. Enumerable.Repeat(below, 1000)]);
            files.Add((ImageParts.BlobName(index.Digest), index.Raw.ToArray()));
            below = index.Describe(MediaTypes.OciIndex);
        }

        files.Add(("index.json", ImageParts.Index(below).Raw.ToArray()));
        await RefusesAsync(EngineErrorReason.InputTooLarge, [.. files]);
    }

    [Fact]
    public async Task Indexes_nested_too_deep_are_refused()
    {
        ImageParts image = ImageParts.Make("a");
        List<(string, byte[])> files = [.. image.Blobs()];
        Descriptor below = image.Describe();
        for (int level = 0; level < 9; level++)
        {
            Document<ImageIndex> index = ImageParts.Index(below);
            files.Add((ImageParts.BlobName(index.Digest), index.Raw.ToArray()));
            below = index.Describe(MediaTypes.OciIndex);
        }

        files.Add(("index.json", ImageParts.Index(below).Raw.ToArray()));
        await RefusesAsync(EngineErrorReason.InvalidArchive, [.. files]);
    }

    [Fact]
    public async Task More_files_than_the_limit_are_refused()
    {
        (string, byte[])[] many = [.. Enumerable.Range(0, 101).Select(i => ($"f{i}", new byte[1]))];
        EngineException error = await Assert.ThrowsAsync<EngineException>(() => ReadAsync(many, new ArchiveLimits { MaxFiles = 100 }));
        Assert.Equal(EngineErrorReason.InputTooLarge, error.Reason);
    }

    [Fact]
    public async Task A_layout_in_a_directory_is_read_and_links_do_not_lead_out_of_it()
    {
        ImageParts image = ImageParts.Make("a");
        using ScratchDirectory scratch = new();
        Directory.CreateDirectory(scratch["layout/blobs/sha256"]);
        foreach ((string name, byte[] content) in image.Blobs())
        {
            await File.WriteAllBytesAsync(scratch["layout/" + name], content, TestContext.Current.CancellationToken);
        }

        await File.WriteAllBytesAsync(scratch["layout/index.json"], ImageParts.Index(image.Describe("latest")).Raw.ToArray(), TestContext.Current.CancellationToken);
        Tool.Run("mkfifo", [scratch["layout/pipe"]]);
        ArchiveContents contents = await ReadDirectoryAsync(scratch["layout"]);
        Assert.Equal(["latest"], Assert.Single(contents.Images).Tags);

        // The layer moved away, with a link in its place.
        string layer = ImageParts.BlobName(Digest.Compute(image.Blob));
        File.Move(scratch["layout/" + layer], scratch["outside"]);
        File.CreateSymbolicLink(scratch["layout/" + layer], scratch["outside"]);
        Assert.Equal(EngineErrorReason.InvalidArchive, (await Assert.ThrowsAsync<EngineException>(() => ReadDirectoryAsync(scratch["layout"]))).Reason);
        File.Delete(scratch["layout/" + layer]);
        File.CreateSymbolicLink(scratch["layout/" + layer], "../../../outside");
        Assert.Equal(EngineErrorReason.ArchiveEscapesRoot, (await Assert.ThrowsAsync<EngineException>(() => ReadDirectoryAsync(scratch["layout"]))).Reason);
        Assert.Equal(EngineErrorCode.NotFound, (await Assert.ThrowsAsync<EngineException>(() => ReadDirectoryAsync(scratch["nothing"]))).Code);
        Assert.Equal(EngineErrorReason.InvalidArchive, (await Assert.ThrowsAsync<EngineException>(() => ReadDirectoryAsync(scratch.Path))).Reason);
    }

    internal static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        var tar = new RawTar();
        foreach ((string name, byte[] content) in files)
        {
            tar.Pax(RawTar.Record("path", name)).Entry("name", '0', content);
        }

        return tar.End();
    }

    internal static Task<ArchiveContents> ReadAsync((string Name, byte[] Content)[] files, ArchiveLimits? limits = null) =>
        ReadTarAsync(Tar(files), limits);

    internal static Task<ArchiveContents> ReadTarAsync(byte[] tar, ArchiveLimits? limits = null, MemorySpool? spool = null) =>
        ArchiveReader.ReadAsync(new MemoryStream(tar), spool ?? new MemorySpool(), limits, TestContext.Current.CancellationToken);

    internal static async Task RefusesAsync(string reason, (string Name, byte[] Content)[] files)
    {
        EngineException error = await Assert.ThrowsAsync<EngineException>(() => ReadAsync(files));
        Assert.True(error.Reason == reason, error.ToString());
    }

    private static Task<ArchiveContents> ReadDirectoryAsync(string path) =>
        ArchiveReader.ReadDirectoryAsync(path, new MemorySpool(), null, TestContext.Current.CancellationToken);
}
