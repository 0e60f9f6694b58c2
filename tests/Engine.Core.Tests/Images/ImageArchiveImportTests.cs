namespace Engine.Core.Tests.Images;

/// <summary>Archives as umoci and skopeo write them.</summary>
public sealed class ImageArchiveImportTests : IDisposable
{
    private const string Names = "bin bin/busybox bin/sh dev etc etc/kept etc/kept/first etc/kept/second etc/replaced etc/replaced/new etc/to-directory etc/to-directory/inside tmp";

    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public ImageArchiveImportTests() => _images = new TestImages(_directory["data"]);

    public static TheoryData<string> Destinations =>
    [
        "docker-archive:{0}:example.com/team/app:1.2",
        "oci-archive:{0}:example.com/team/app:1.2",
        "--dest-compress-format zstd oci-archive:{0}:example.com/team/app:1.2",
        "--dest-compress-format gzip --dest-compress-level 1 oci-archive:{0}:example.com/team/app:1.2",
        "--format v2s2 docker-archive:{0}:example.com/team/app:1.2",
    ];

    [Theory]
    [MemberData(nameof(Destinations))]
    public async Task What_skopeo_writes_is_read(string destination)
    {
        var layout = SavedImage.Layout(_directory["made"]);
        var archive = _directory["archive"];
        Tool.Shell($"skopeo --insecure-policy copy oci:{layout}:latest {string.Format(System.Globalization.CultureInfo.InvariantCulture, destination, archive)}");
        var image = Assert.Single(await _images.Import(archive));
        Assert.Equal(["example.com/team/app:1.2"], image.References);
        AssertIsTheImage(image);
    }

    [Theory]
    [InlineData("cat")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("xz")]
    [InlineData("bzip2")]
    public async Task A_layout_of_umoci_s_in_a_tar_is_read_however_it_is_compressed(string program)
    {
        var archive = SavedImage.Archive(SavedImage.Layout(_directory["made"]), _directory["archive.tar"]);
        Tool.Shell($"{program} < {archive} > {_directory["archive"]}");
        var image = Assert.Single(
            await _images.Import(_directory["archive"], new ImageImport { References = ["app"] }));
        Assert.Equal(["app:latest"], image.References);
        AssertIsTheImage(image);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    public async Task Layers_of_a_docker_archive_may_be_compressed(string program)
    {
        var archive = DockerArchive();
        Tool.Shell(
            $"""
            mkdir {_directory["inside"]}; cd {_directory["inside"]}; tar -xf {archive}
            for layer in *.tar; do [ -L $layer ] || (rm -f x; cat $layer | {program} -c > x; mv x $layer); done
            rm {archive}; tar -cf {archive} *
            """);
        AssertIsTheImage(Assert.Single(await _images.Import(archive)));
    }

    [Fact]
    public async Task An_archive_that_is_both_is_read_once_and_has_the_names_of_both()
    {
        var layout = SavedImage.Layout(_directory["made"]);
        Tool.Shell(
            $"skopeo --insecure-policy copy oci:{layout}:latest oci:{_directory["hybrid"]}:example.com/team/app:1.2");
        Tool.Shell(
            $$"""
            cd {{_directory["hybrid"]}}
            manifest=$(sed 's/.*"digest":"sha256:\([0-9a-f]*\)".*/\1/' index.json)
            digests=$(grep -o 'sha256:[0-9a-f]*' blobs/sha256/$manifest | cut -d: -f2)
            set -- $digests
            printf '[{"Config":"blobs/sha256/%s","RepoTags":["other:tag"],"Layers":["blobs/sha256/%s","blobs/sha256/%s"]}]' $1 $2 $3 > manifest.json
            tar -cf {{_directory["archive"]}} blobs index.json manifest.json oci-layout
            """);
        var image = Assert.Single(await _images.Import(_directory["archive"]));
        Assert.Equal(["example.com/team/app:1.2", "other:tag"], image.References);
        AssertIsTheImage(image);
    }

    [Fact]
    public async Task The_same_layers_in_two_archives_are_kept_once()
    {
        var layout = SavedImage.Layout(_directory["made"]);
        await _images.Import(SavedImage.Archive(layout, _directory["oci"]), new ImageImport { References = ["one"] });
        Tool.Shell(
            $"skopeo --insecure-policy copy oci:{layout}:latest docker-archive:{_directory["docker"]}:two:latest");
        await _images.Import(_directory["docker"]);
        Assert.Equal(2, Directory.EnumerateDirectories(_images.Directories.Layers).Count());
    }

    [Fact]
    public async Task A_layer_with_a_wrong_digest_is_refused_and_nothing_stays()
    {
        var layout = SavedImage.Layout(_directory["made"]);
        Tool.Shell(
            $"""
            cd {layout}/blobs/sha256; file=$(ls -S | head -1)
            printf '\377' | dd of=$file bs=1 seek=5000 conv=notrunc status=none
            """);
        await Refused(SavedImage.Archive(layout, _directory["archive"]), EngineErrorReason.DigestMismatch);
    }

    [Fact]
    public async Task A_layer_with_a_wrong_diff_id_is_refused_and_nothing_stays()
    {
        var archive = DockerArchive();
        Tool.Shell(
            $"""
            mkdir {_directory["inside"]}; cd {_directory["inside"]}; tar -xf {archive}
            layer=$(ls -S *.tar | tail -1); mkdir t; echo other > t/file; tar -C t -cf $layer file; rm -r t
            rm {archive}; tar -cf {archive} *
            """);
        await Refused(archive, EngineErrorReason.DigestMismatch);
    }

    [Fact]
    public async Task An_archive_that_lacks_a_layer_is_refused_and_nothing_stays()
    {
        var layout = SavedImage.Layout(_directory["made"]);
        Tool.Shell($"cd {layout}/blobs/sha256; rm $(ls -S | head -1)");
        await Refused(SavedImage.Archive(layout, _directory["archive"]), EngineErrorReason.InvalidArchive);
    }

    [Fact]
    public async Task An_archive_that_is_cut_off_is_refused_and_nothing_stays()
    {
        var archive = DockerArchive();
        using (var file = File.OpenWrite(archive))
        {
            file.SetLength(file.Length / 2);
        }

        await Refused(archive, EngineErrorReason.InvalidArchive);
    }

    [Fact]
    public async Task Changes_are_for_root_file_systems_alone()
    {
        var archive = DockerArchive();
        var error = await Assert.ThrowsAsync<EngineException>(
            () => _images.Import(archive, new ImageImport { Changes = ["CMD x"] }));
        Assert.Equal(EngineErrorReason.InvalidChange, error.Reason);
        _images.AssertEmpty();
    }

    [Fact]
    public async Task A_platform_that_the_archive_lacks_is_said_to_be_missing()
    {
        var archive = DockerArchive();
        var error = await Assert.ThrowsAsync<EngineException>(
            () => _images.Import(archive, new ImageImport { Platform = "linux/s390x" }));
        Assert.Equal(EngineErrorReason.PlatformNotFound, error.Reason);
        _images.AssertEmpty();
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private string DockerArchive()
    {
        var layout = SavedImage.Layout(_directory["made"]);
        Tool.Shell(
            $"skopeo --insecure-policy copy oci:{layout}:latest docker-archive:{_directory["docker"]}:app:latest");
        return _directory["docker"];
    }

    private async Task Refused(string archive, string reason)
    {
        var error = await Assert.ThrowsAsync<EngineException>(
            () => _images.Import(archive, new ImageImport { References = ["bad"] }));
        Assert.True(reason == error.Reason, $"Expected {reason}: {error}");
        _images.AssertEmpty();
    }

    private void AssertIsTheImage(ContainerImage image)
    {
        Assert.Equal(2, image.Layers.Count);
        Assert.Equal("tester", image.Author);
        Assert.Equal(["sh"], image.Configuration.Command);
        Assert.Contains("KEY=value", image.Configuration.Environment);
        using var lease = _images.All.Store.Use(image.Id);
        using var mount = new OverlayMountPoint(lease.LowerDirectories);
        Assert.Equal(Names.Split(' ').Select(name => "./" + name), mount.List().Split('\n'));
        Assert.Equal("one", mount.Read("etc/kept/first"));
        Assert.Equal("two", mount.Read("etc/replaced/new"));
        Assert.Equal("1777", Tool.Shell($"stat -c %a {mount.Path}/tmp").Trim());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_images.Directories.Ingest));
        Assert.Equal((long)image.Layers.Count, _images.Count("layers"));
    }
}
