using System.Collections;
using System.Management.Automation;

namespace Engine.Commands.Tests;

public class TransformationTests
{
    [Theory]
    [InlineData("512m", 512L << 20)]
    [InlineData("1.5g", 3L << 29)]
    [InlineData("64KiB", 65536)]
    [InlineData("64 kb", 65536)]
    [InlineData("100b", 100)]
    [InlineData("100", 100)]
    [InlineData("-1", -1)]
    [InlineData("1T", 1L << 40)]
    public void Sizes_have_dockers_suffixes(string text, long bytes) =>
        Assert.Equal(bytes, new SizeTransformationAttribute().Transform(null!, text));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1x")]
    [InlineData("1e3")]
    [InlineData("99999999999999999p")]
    [InlineData("0x10")]
    public void What_is_no_size_is_refused(string text) => Assert.Throws<ArgumentTransformationMetadataException>(
        () => new SizeTransformationAttribute().Transform(null!, text));

    public static TheoryData<object, double> Durations => new()
    {
        { 30, 30 }, { 1.5, 1.5 }, { "30", 30 }, { "30s", 30 }, { "1m30s", 90 }, { "00:01:30", 90 }, { "2h", 7200 },
        { "500ms", 0.5 }, { "1d", 86400 }, { TimeSpan.FromMinutes(2), 120 }, { -1, -0.001 }, { "-1", -0.001 }, { 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Durations))]
    public void Durations_are_seconds_units_clocks_or_time_spans(object input, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), new DurationTransformationAttribute().Transform(null!, input));
        Assert.Equal(TimeSpan.FromSeconds(seconds), new DurationTransformationAttribute().Transform(null!, new PSObject(input)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1m 30s")]
    [InlineData("30s1m")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    [InlineData(true)]
    public void What_is_no_duration_is_refused(object input) => Assert.Throws<ArgumentTransformationMetadataException>(
        () => new DurationTransformationAttribute().Transform(null!, input));

    [Fact]
    public void Times_are_instants_or_a_time_ago()
    {
        var transformation = new TimeTransformationAttribute();
        DateTimeOffset ago = (DateTimeOffset)transformation.Transform(null!, "10m")!;
        Assert.InRange(TimeProvider.System.GetUtcNow() - ago, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
        Assert.Equal(
            new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), transformation.Transform(null!, "2026-01-31T12:00:00Z"));
        Assert.Equal(DateTimeOffset.MinValue, transformation.Transform(null!, TimeSpan.MaxValue));
        Assert.Throws<ArgumentTransformationMetadataException>(() => transformation.Transform(null!, "yesterday-ish"));
    }

    [Fact]
    public void A_file_is_its_path_and_no_pattern()
    {
        var transformation = new PathTransformationAttribute();
        Assert.Equal("/a/*.tar", transformation.Transform(null!, "/a/*.tar"));
        Assert.Equal("/a/b`[1`].tar", transformation.Transform(null!, new FileInfo("/a/b[1].tar")));
        Assert.Equal(
            ["x", "/a/b.tar"], (object[])transformation.Transform(null!, new object[] { "x", new FileInfo("/a/b.tar") })!);
        Assert.Throws<ArgumentTransformationMetadataException>(() => transformation.Transform(null!, 5));
    }

    [Fact]
    public void Pairs_are_hashtables_or_text()
    {
        var transformation = new KeyValueTransformationAttribute();
        Assert.Equal(["a=1", "b"], (string[])transformation.Transform(null!, new Hashtable { ["a"] = 1, ["b"] = null })!);
        Assert.Equal(
            ["x=y=z", "c=d"],
            (string[])transformation.Transform(null!, new object[] { "x=y=z", new PSObject(new Hashtable { ["c"] = "d" }) })!);
    }

    [Theory]
    [InlineData("nofile=1024", 1024, 1024)]
    [InlineData("nofile=1024:2048", 1024, 2048)]
    [InlineData("NOFILE=-1", -1, -1)]
    [InlineData("nofile=64:unlimited", 64, -1)]
    public void Process_limits_are_written_as_docker_writes_them(string text, long soft, long hard) =>
        Assert.Equal([new Ulimit("nofile", soft, hard)], (Ulimit[])new UlimitTransformationAttribute().Transform(null!, text)!);

    [Theory]
    [InlineData("/dev/fuse", null, "rwm")]
    [InlineData("/dev/fuse:r", null, "r")]
    [InlineData("/dev/fuse:/dev/x", "/dev/x", "rwm")]
    [InlineData("/dev/fuse:/dev/x:rw", "/dev/x", "rw")]
    public void Devices_are_written_as_docker_writes_them(string text, string? target, string permissions) => Assert.Equal(
        [new ContainerDevice { Source = "/dev/fuse", Target = target, Permissions = permissions }],
        (ContainerDevice[])new DeviceTransformationAttribute().Transform(null!, text)!);
}
