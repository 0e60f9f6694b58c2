using Engine.Oci.Archives;
using Engine.Oci.Tests.Layers.Tar;

namespace Engine.Oci.Tests.Archives;

public sealed class ArchiveHeadTests
{
    [Theory]
    [InlineData("bin/,etc/passwd", false)]
    [InlineData("./,./bin/,./blobs/", false)]
    [InlineData("hello", false)]
    [InlineData("index.json=<html>", false)]
    [InlineData("manifest.json={}", false)]
    [InlineData("index.json={\"manifests\":[]}", true)]
    [InlineData("manifest.json= [{\"Layers\":[]}]", true)]
    [InlineData("./,./README,./oci-layout", true)]
    [InlineData("blobs/,blobs/sha256/", true)]
    [InlineData("repositories", true)]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/", true)]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.json", true)]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.tar", true)]
    public async Task Names_at_the_beginning_tell_images_from_a_root_file_system(string entries, bool isImage)
    {
        var tar = new RawTar();
        foreach (string entry in entries.Split(',', entries.Contains('[', StringComparison.Ordinal) ? 1 : int.MaxValue))
        {
            string[] parts = entry.Split('=', 2);
            tar.Entry(parts[0], parts[0].EndsWith('/') ? '5' : '0', parts.Length > 1 ? ImageParts.Json(parts[1]) : null);
        }

        byte[] archive = tar.End();
        foreach (byte[] stored in (byte[][])[archive, ImageParts.Gzip(archive)])
        {
            ArchiveHead head = await ArchiveReader.PeekAsync(new MemoryStream(stored), TestContext.Current.CancellationToken);
            Assert.Equal(isImage, head.IsImage);
            using var whole = new MemoryStream();
            await head.Content.CopyToAsync(whole, TestContext.Current.CancellationToken);
            Assert.Equal(stored, whole.ToArray());
        }
    }

    [Fact]
    public async Task What_is_larger_than_the_head_is_told_by_its_head_and_handed_on_whole()
    {
        byte[] archive = new RawTar().Entry("oci-layout", '0', "{}"u8.ToArray()).Entry("big", '0', new byte[3_000_000]).End();
        using ArchiveStream source = new(archive);
        ArchiveHead head = await ArchiveReader.PeekAsync(source, TestContext.Current.CancellationToken);
        Assert.True(head.IsImage);
        Assert.InRange(source.Position, 1, 2_000_000);
        using var whole = new MemoryStream();
        head.Content.CopyTo(whole);
        Assert.Equal(Digest.Compute(archive), Digest.Compute(whole.ToArray()));
        head.Content.Dispose();
        Assert.False(source.CanRead);
    }

    [Fact]
    public async Task Nothing_and_noise_are_no_images()
    {
        foreach (byte[] bytes in (byte[][])[[], [1, 2, 3], [0x1f, 0x8b, 0x08, 1, 2, 3], new byte[4096]])
        {
            Assert.False((await ArchiveReader.PeekAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken)).IsImage);
        }
    }

    private sealed class ArchiveStream(byte[] bytes) : MemoryStream(bytes);
}
