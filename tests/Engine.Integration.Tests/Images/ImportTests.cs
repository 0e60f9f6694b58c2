using System.Formats.Tar;
using System.Globalization;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images;

public sealed class ImportTests(EngineFixture fixture) : ImageTest(fixture)
{
    [Fact]
    public async Task A_root_file_system_becomes_an_image_of_one_layer_with_the_changes_that_were_asked_for()
    {
        string reference = NewReference();
        using var archive = new MemoryStream(SmallLayer());
        ContainerImage image = await ImageArchives.ImportOneAsync(Engine.Client, archive, new ImageImport
        {
            References = [reference],
            Message = "made by a test",
            Changes =
            [
                "CMD [\"a\", \"b\"]", "ENTRYPOINT [\"e\"]", "ENV A=1 B=2", "EXPOSE 80/tcp", "LABEL l=v",
                "STOPSIGNAL SIGINT",
                "USER alice", "VOLUME /data", "WORKDIR /srv",
            ],
        }, Cancel);
        Assert.Matches("^sha256:[0-9a-f]{64}$", image.Id);
        Assert.Equal([reference], image.References);
        Assert.Single(image.Layers);
        Assert.Equal(("linux", "made by a test"), (image.Os, image.Comment));
        ImageConfiguration configuration = image.Configuration;
        Assert.Equal(["a", "b"], configuration.Command);
        Assert.Equal(["e"], configuration.Entrypoint);
        Assert.Equal(
            ["A=1", "B=2"], configuration.Environment.Where(e => !e.StartsWith("PATH=", StringComparison.Ordinal)));
        Assert.Equal(["80/tcp"], configuration.ExposedPorts);
        Assert.Equal("v", configuration.Labels["l"]);
        Assert.Equal(["/data"], configuration.Volumes);
        Assert.Equal(
            ("SIGINT", "alice", "/srv"),
            (configuration.StopSignal, configuration.User, configuration.WorkingDirectory));
    }

    [Theory]
    [InlineData("RUN true")]
    [InlineData("FROM scratch")]
    [InlineData("")]
    public async Task A_change_that_is_none_is_refused_and_nothing_stays(string change)
    {
        string reference = NewReference();
        using var archive = new MemoryStream(SmallLayer());
        await Assert.ThrowsAsync<EngineException>(() => ImageArchives.ImportOneAsync(
            Engine.Client, archive, new ImageImport { References = [reference], Changes = [change] }, Cancel));
        await FailsAsync(EngineErrorReason.ImageNotFound, () => Images.GetAsync(reference, null, Cancel));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("bzip2")]
    public async Task A_root_file_system_may_be_compressed(string compression)
    {
        string reference = NewReference();
        await ImportOneAsync(TestLayout.Compress(BusyboxImage.Archive, compression), reference);
        RunResult run = await RunAsync(Config("id", "-un") with { Image = reference, User = "alice" });
        Assert.Equal("alice", run.Text);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task An_oci_layout_runs(string compression)
    {
        string reference = NewReference();
        var layout = new TestLayout { Name = reference };
        layout.Add(BusyboxImage.Archive, compression).Add(SmallLayer("from the second layer"), compression);
        ContainerImage image = await ImportOneAsync(layout.ToOciArchive());
        Assert.Contains(reference, image.References);
        Assert.Equal(2, image.Layers.Count);
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero), image.CreatedAt);
        Assert.Equal("a tester", image.Author);
        RunResult run = await RunAsync(Script("cat /etc/marker; echo $LAYOUT") with { Image = reference });
        Assert.Equal("from the second layeryes", run.Text);
    }

    [Fact]
    public async Task A_docker_archive_runs_under_each_of_its_tags()
    {
        string one = NewReference(), two = NewReference("2");
        var layout = new TestLayout();
        layout.Add(BusyboxImage.Archive).Add(SmallLayer("docker"));
        ContainerImage image = await ImportOneAsync(layout.ToDockerArchive(one, two));
        Assert.Superset(new HashSet<string> { one, two }, image.References.ToHashSet());
        RunResult run = await RunAsync(Config("cat", "/etc/marker") with { Image = two });
        Assert.Equal("docker", run.Text);
    }

    [Fact]
    public async Task Of_several_platforms_all_are_kept_and_the_host_s_is_run()
    {
        string reference = NewReference();
        var own = new TestLayout { Architecture = "amd64" };
        own.Add(BusyboxImage.Archive).Add(SmallLayer("amd64"));
        var other = new TestLayout { Architecture = "s390x" };
        other.Add(SmallLayer("s390x"));
        List<ContainerImage> images = await ImportAsync(TestLayout.ToOciArchive(reference, own, other));
        Assert.Equal(["amd64", "s390x"], images.Select(i => i.Architecture).Order(StringComparer.Ordinal));
        Assert.Equal("s390x", (await Images.GetAsync(reference, "linux/s390x", Cancel)).Architecture);
        RunResult run = await RunAsync(Config("cat", "/etc/marker") with { Image = reference });
        Assert.Equal("amd64", run.Text);
        await FailsAsync(EngineErrorReason.PlatformNotFound, () => Images.GetAsync(reference, "linux/mips", Cancel));
    }

    [Fact]
    public async Task White_outs_and_opaque_directories_take_away_what_lies_below()
    {
        using var below = new TestLayer();
        below.Directory("d/").File("d/kept", "1").File("d/gone", "1").Directory("o/").File("o/old", "1")
            .Directory("o/sub/").File("o/sub/old", "1");
        using var above = new TestLayer();
        above.File("d/.wh.gone", "").Directory("o/").File("o/.wh..wh..opq", "").File("o/new", "2");
        var layout = new TestLayout { Name = NewReference() };
        layout.Add(BusyboxImage.Archive).Add(below.ToArray()).Add(above.ToArray(), "gzip");
        await ImportOneAsync(layout.ToOciArchive());
        RunResult run = await RunAsync(Script("cd /; find d o | sort") with { Image = layout.Name! });
        Assert.Equal(["d", "d/kept", "o", "o/new"], run.Lines);
    }

    [Fact]
    public async Task Links_devices_modes_owners_and_times_survive()
    {
        const UnixFileMode setUid = TestLayer.Executable | UnixFileMode.SetUser;
        using var layer = new TestLayer();
        layer.Directory("s/").File("s/file", "content").HardLink("s/hard", "s/file").SymbolicLink("s/soft", "file")
            .Device("s/null", 1, 3).Fifo("s/fifo").File("s/setuid", "", setUid)
                .File("s/owned", "", user: 4000000, group: 12345);
        layer.Write(new PaxTarEntry(TarEntryType.RegularFile, "s/timed")
        {
            Mode = TestLayer.Executable,
            ModificationTime = DateTimeOffset.FromUnixTimeSeconds(1700000000).AddTicks(1234567),
        });
        var layout = new TestLayout { Name = NewReference() };
        layout.Add(BusyboxImage.Archive).Add(layer.ToArray(), "zstd");
        await ImportOneAsync(layout.ToOciArchive());
        RunResult run = await RunAsync(Script(
            "cd /s; [ file -ef hard ] && echo linked; readlink soft; stat -c '%F %t:%T' null; "
                + "[ -p fifo ] && echo fifo; stat -c %a setuid; stat -c %u:%g owned; stat -c %Y timed") with
        { Image = layout.Name! });
        Assert.Equal(
            ["linked", "file", "character special file 1:3", "fifo", "4755", "4000000:12345", "1700000000"], run.Lines);
        Container container = await StartReadyAsync(Sleeper() with { Image = layout.Name! });
        DateTime modified = File.GetLastWriteTimeUtc($"/proc/{container.Pid}/root/s/timed");
        Assert.Equal(
            "2023-11-14T22:13:20.1234567",
            modified.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_file_s_capabilities_survive_and_work()
    {
        // struct vfs_cap_data of capabilities(7): revision 2, effective, permitted CAP_NET_RAW (bit 13).
        string capability =
            new([.. new byte[] { 1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }.Select(b => (char)b)]);
        using var program = File.OpenRead("/bin/busybox");
        using var layer = new TestLayer();
        layer.Directory("caps/").Write(new PaxTarEntry(
            TarEntryType.RegularFile, "caps/cat", new Dictionary<string,
            string>
            { ["SCHILY.xattr.security.capability"] = capability })
        {
            Mode = TestLayer.Executable,
            DataStream = program,
        });
        var layout = new TestLayout { Name = NewReference() };
        layout.Add(BusyboxImage.Archive).Add(layer.ToArray());
        await ImportOneAsync(layout.ToOciArchive());
        RunResult run =
            await RunAsync(Config("/caps/cat", "/proc/self/status") with { Image = layout.Name!, User = "alice" });
        Assert.Contains("CapEff:\t0000000000002000", run.Lines);
    }

    [Fact]
    public async Task The_same_archive_twice_is_one_image()
    {
        byte[] archive = SmallLayer();
        var layout = new TestLayout { Name = NewReference() };
        layout.Add(archive);
        ContainerImage[] both =
            [await ImportOneAsync(layout.ToOciArchive()), await ImportOneAsync(layout.ToOciArchive())];
        Assert.Equal(both[0].Id, both[1].Id);
        Assert.Single(await ListAsync(new ImageFilter { Ids = [both[0].Id] }));
    }

    [Fact]
    public async Task The_same_archive_eight_times_at_once_is_one_image()
    {
        var layout = new TestLayout { Name = NewReference() };
        layout.Add(BusyboxImage.Archive, "gzip").Add(SmallLayer(), "gzip");
        byte[] archive = layout.ToOciArchive();
        ContainerImage[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ImportOneAsync(archive)));
        Assert.Single(all.Select(i => i.Id).Distinct());
        Assert.Equal("yes", (await RunAsync(Script("echo $LAYOUT") with { Image = layout.Name! })).Text);
    }
}
