using System.Text.Json;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images.Exchange;

public sealed class SkopeoExchangeTests(OwnEngineFixture fixture) : ExchangeTest(fixture)
{
    public static TheoryData<ImageArchiveFormat, ArchiveCompression> Forms => new(
        Enum.GetValues<ImageArchiveFormat>().SelectMany(
            format => Enum.GetValues<ArchiveCompression>().Select(compression => (format, compression))));

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Skopeo_reads_what_is_exported(ImageArchiveFormat format, ArchiveCompression compression)
    {
        Require("skopeo", "tar");
        string one = NewReference("1"), tagged = NewReference("2"), two = NewReference("3");
        ContainerImage image = await MakeAsync(one, tagged), other = await MakeAsync(two);
        string single = await ExportAsync(format, compression, one);
        string all = await ExportAsync(format, compression, one, tagged, two);
        foreach (var (expected, source) in Sources(format, compression, single, all, one, tagged, two))
        {
            await AssertSameAsync(expected == two ? other : image, source);
        }

        string layout = PathOf("layout");
        Directory.CreateDirectory(layout);
        await RunToolAsync("tar", "-xf", all, "-C", layout);
        await AssertSameAsync(image, $"oci:{layout}:1");
        await AssertSameAsync(image, $"oci:{layout}:2");
        await AssertSameAsync(other, $"oci:{layout}:3");
    }

    [Theory]
    [InlineData("docker-archive")]
    [InlineData("oci-archive")]
    [InlineData("oci")]
    [InlineData("dir")]
    public async Task What_skopeo_writes_comes_in(string transport)
    {
        Require("skopeo", "tar");
        string reference = NewReference(), target = PathOf("target"), archive = PathOf("target.tar");
        ContainerImage image = await MakeAsync(reference);
        string source = await ExportAsync(ImageArchiveFormat.Oci, ArchiveCompression.None, reference);
        await ForgetAsync(image);
        bool isArchive = transport.EndsWith("archive", StringComparison.Ordinal);
        string name = transport == "dir" ? "" : ":docker.io/library/" + reference;
        await RunToolAsync(
            "skopeo", "--insecure-policy", "copy", "oci-archive:" + source,
            $"{transport}:{(isArchive ? archive : target)}{name}");
        if (!isArchive)
        {
            await RunToolAsync("tar", "-cf", archive, "-C", target, ".");
        }

        ContainerImage back = Assert.Single(await ImportFileAsync(archive, reference));
        AssertSame(image, back);
        Assert.Contains(reference, back.References);
        Assert.Equal("yes", (await RunAsync(Script("echo $LAYOUT") with { Image = reference })).Text);
    }

    private static IEnumerable<(string Expected, string Source)> Sources(
        ImageArchiveFormat format, ArchiveCompression compression, string single, string all, string one, string tagged,
        string two)
    {
        yield return (one, "oci-archive:" + single);
        yield return (one, $"oci-archive:{all}:1");
        yield return (two, $"oci-archive:{all}:3");

        // skopeo 1.9 reads docker archives that are plain or zstd; not in gzip, whoever has packed them.
        if (format == ImageArchiveFormat.Docker && compression != ArchiveCompression.Gzip)
        {
            yield return (one, "docker-archive:" + single);
            yield return (one, $"docker-archive:{all}:docker.io/library/{one}");
            yield return (tagged, $"docker-archive:{all}:docker.io/library/{tagged}");
            yield return (two, $"docker-archive:{all}:docker.io/library/{two}");
        }
    }

    private async Task AssertSameAsync(ContainerImage expected, string source)
    {
        string copy = PathOf($"copy-{Guid.NewGuid():N}");
        await RunToolAsync("skopeo", "--insecure-policy", "copy", source, "dir:" + copy);
        using JsonDocument manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(copy, "manifest.json"), Cancel));
        string config = manifest.RootElement.GetProperty("config").GetProperty("digest").GetString()!;
        Assert.True(expected.Id == config, $"{source}: {config}, and not {expected.Id}.");
        using JsonDocument read = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(copy, config[7..]), Cancel));
        Assert.Equal(
            expected.Layers,
            read.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(id => id.GetString()!));
    }
}
