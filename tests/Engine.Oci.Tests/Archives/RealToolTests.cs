using Engine.Oci.Archives;
using Engine.Oci.Layers;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Tests.Archives;

/// <summary>What umoci and skopeo write of one image, in each of their formats.</summary>
public sealed class RealToolTests
{
    [Fact]
    public async Task An_image_made_by_umoci_is_read_from_every_format_that_skopeo_writes()
    {
        Tool.Require("umoci", "skopeo", "tar");
        using ScratchDirectory scratch = new();
        string layout = scratch["layout"];
        Tool.Run("umoci", ["init", "--layout", layout]);
        Tool.Run("umoci", ["new", "--image", layout + ":1.0"]);
        File.WriteAllText(scratch["hello"], "hello");
        Tool.Run("umoci", ["insert", "--image", layout + ":1.0", scratch["hello"], "/hello"]);
        Tool.Run("umoci", ["config", "--image", layout + ":1.0", "--config.cmd", "/hello", "--config.env", "A=b"]);

        Check(await ReadDirectoryAsync(layout), ArchiveKind.OciLayout, ["1.0"], []);
        Copy(layout, "oci-archive:" + scratch["oci.tar"] + ":quay.io/a/b:2");
        Check(await ReadAsync(scratch["oci.tar"]), ArchiveKind.OciLayout, [], ["quay.io/a/b:2"]);
        Copy(layout, "docker-archive:" + scratch["docker.tar"] + ":a:3");
        Check(await ReadAsync(scratch["docker.tar"]), ArchiveKind.DockerArchive, [], ["docker.io/library/a:3"]);
        Copy(layout, "dir:" + scratch["dir"]);
        Check(await ReadDirectoryAsync(scratch["dir"]), ArchiveKind.SkopeoDirectory, [], []);
        Copy(layout, "oci:" + scratch["zstd"] + ":z", "--dest-compress-format=zstd");
        Check(await ReadDirectoryAsync(scratch["zstd"]), ArchiveKind.OciLayout, ["z"], []);

        foreach ((string tool, string option) in ((string, string)[])[("gzip", "-z"), ("bzip2", "-j"), ("xz", "-J"), ("zstd", "--zstd")])
        {
            Tool.Require(tool);
            Tool.Run("tar", ["-c", option, "-f", scratch["layout." + tool], "."], layout);
            Check(await ReadAsync(scratch["layout." + tool]), ArchiveKind.OciLayout, ["1.0"], []);
        }

        static void Copy(string layout, string to, params string[] options) =>
            Tool.Run("skopeo", ["--insecure-policy", "copy", .. options, $"oci:{layout}:1.0", to]);
    }

    private static void Check(
        (ArchiveContents Contents, MemorySpool Spool) read, ArchiveKind kind, string[] tags, string[] references)
    {
        Assert.Equal(kind, read.Contents.Kind);
        ArchiveImage image = Assert.Single(read.Contents.Images);
        Assert.Equal(tags, image.Tags);
        Assert.Equal(references, image.References.Select(reference => reference.ToString()));
        Assert.Equal(["/hello"], image.Config.Value.Config!.Cmd!);
        ArchiveLayer layer = Assert.Single(image.Layers);
        byte[] blob = read.Spool[layer.File.Digest];
        Assert.Equal(layer.Descriptor.Size, blob.Length);
        using LayerStream stream = LayerStream.Open(new MemoryStream(blob), null, TestContext.Current.CancellationToken);
        var reader = new TarReader(stream);
        TarEntry entry = reader.Next()!;
        Assert.Equal(("hello", 5L), (entry.DisplayName, entry.Size));
        Assert.Equal(layer.DiffId, stream.Complete().DiffId);
    }

    private static async Task<(ArchiveContents, MemorySpool)> ReadAsync(string path)
    {
        var spool = new MemorySpool();
        ArchiveHead head = await ArchiveReader.PeekAsync(File.OpenRead(path), TestContext.Current.CancellationToken);
        Assert.True(head.IsImage, path);
        await using Stream content = head.Content;
        return (await ArchiveReader.ReadAsync(content, spool, null, TestContext.Current.CancellationToken), spool);
    }

    private static async Task<(ArchiveContents, MemorySpool)> ReadDirectoryAsync(string path)
    {
        var spool = new MemorySpool();
        return (await ArchiveReader.ReadDirectoryAsync(path, spool, null, TestContext.Current.CancellationToken), spool);
    }
}
