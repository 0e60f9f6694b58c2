using System.Diagnostics;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images;

public sealed class ExportTests(OwnEngineFixture fixture) : ImageTest(fixture), IClassFixture<OwnEngineFixture>
{
    [Theory]
    [InlineData(ImageArchiveFormat.Docker)]
    [InlineData(ImageArchiveFormat.Oci)]
    public async Task What_goes_out_comes_in_with_its_id_its_names_and_its_manifest(ImageArchiveFormat format)
    {
        string one = NewReference(), two = NewReference("2");
        var layout = new TestLayout { Name = one };
        layout.Add(BusyboxImage.Archive, "gzip").Add(SmallLayer(), "zstd");
        ContainerImage image = await ImportOneAsync(layout.ToOciArchive());
        await Images.TagAsync(one, two, Cancel);
        byte[] archive = await ExportAsync(new ImageExport { Images = [one, two], Format = format });
        await Images.RemoveAsync(image.Id, force: true, Cancel);
        ContainerImage back = await ImportOneAsync(archive);
        Assert.Equal(
            (image.Id, image.ManifestDigest, string.Join(' ', image.Layers)),
            (back.Id, back.ManifestDigest, string.Join(' ', back.Layers)));
        Assert.Equal(new[] { one, two }.Order(StringComparer.Ordinal), back.References);
        Assert.Equal("yes", (await RunAsync(Script("echo $LAYOUT") with { Image = two })).Text);
    }

    [Fact]
    public async Task Several_platforms_go_out_together_or_one_alone()
    {
        string reference = NewReference();
        var own = new TestLayout { Architecture = "amd64" };
        own.Add(BusyboxImage.Archive);
        var other = new TestLayout { Architecture = "s390x" };
        other.Add(SmallLayer());
        List<ContainerImage> images = await ImportAsync(TestLayout.ToOciArchive(reference, own, other));
        byte[] all = await ExportAsync(new ImageExport { Images = [reference] });
        byte[] one = await ExportAsync(new ImageExport { Images = [reference], Platform = "linux/s390x" });
        await FailsAsync(
            EngineErrorReason.PlatformNotFound,
            () => ExportAsync(new ImageExport { Images = [reference], Platform = "linux/mips" }));
        foreach (ContainerImage image in images)
        {
            await Images.RemoveAsync(image.Id, force: true, Cancel);
        }

        ContainerImage alone = await ImportOneAsync(one);
        Assert.Equal(("s390x", reference), (alone.Architecture, Assert.Single(alone.References)));
        Assert.Equal(images.Select(i => i.Id).Order(), (await ImportAsync(all)).Select(i => i.Id).Order());
        Assert.Equal("s390x", (await Images.GetAsync(reference, "linux/s390x", Cancel)).Architecture);
        Assert.Equal("amd64", (await Images.GetAsync(reference, null, Cancel)).Architecture);
    }

    [Fact]
    public async Task A_repository_is_all_its_tags_and_no_other_repository_s()
    {
        string repository = $"repo-{NewName()}";
        string[] references = [$"{repository}:1", $"{repository}:2", $"{repository}x:3", $"{repository}/below:4"];
        foreach (string reference in references)
        {
            await ImportOneAsync(SmallLayer(), reference);
        }

        byte[] archive = await ExportAsync(new ImageExport { Images = [repository] });
        foreach (string reference in references)
        {
            await Images.RemoveAsync(reference, force: true, Cancel);
        }

        List<ContainerImage> back = await ImportAsync(archive);
        Assert.Equal(references[..2], back.SelectMany(image => image.References).Order());
        foreach (ContainerImage image in back)
        {
            await Images.RemoveAsync(image.Id, force: true, Cancel);
        }
    }

    [Fact]
    public async Task An_image_that_is_removed_while_it_goes_out_still_goes_out_whole_and_is_gone_then()
    {
        string reference = NewReference();
        ContainerImage image = await ImportOneAsync(LargeLayer(64), reference);
        using var archive = new MemoryStream();
        await using (IAsyncEnumerator<ReadOnlyMemory<byte>> export = Images.ExportAsync(
            new ImageExport { Images = [reference] }, null, Cancel).GetAsyncEnumerator(Cancel))
        {
            Assert.True(await export.MoveNextAsync());
            archive.Write(export.Current.Span);
            await Images.RemoveAsync(reference, force: false, Cancel);
            while (await export.MoveNextAsync())
            {
                archive.Write(export.Current.Span);
            }
        }

        await Limit.UntilAsync(
            () => !Directory.EnumerateFiles(Path.Combine(Engine.DataRoot, "blobs/sha256")).Any(
                blob => new FileInfo(blob).Length > 60 << 20),
            Limit.Settle, () => "The blob of the removed image stays.", Cancel);
        Assert.Equal(image.Id, (await ImportOneAsync(archive.ToArray())).Id);
    }

    [Fact]
    public async Task A_reader_who_stalls_costs_no_memory_and_one_who_leaves_ends_the_export()
    {
        string reference = NewReference();
        await ImportOneAsync(LargeLayer(300), reference);
        long before = ResidentBytes();
        foreach (ArchiveCompression compression in Enum.GetValues<ArchiveCompression>())
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            await using IAsyncEnumerator<ReadOnlyMemory<byte>> export = Images.ExportAsync(
                new ImageExport { Images = [reference], Compression = compression }, null, ends.Token).GetAsyncEnumerator(ends.Token);
            Assert.True(await export.MoveNextAsync());

            // Time in which an export that nothing holds up would be over.
            await ExportAsync(new ImageExport { Images = [Image.Id] });
            await Task.Delay(TimeSpan.FromMilliseconds(300), Cancel);
            long grown = ResidentBytes() - before;
            Assert.True(grown < 150 << 20, $"The engine has grown by {grown >> 20} MiB.");
            await ends.CancelAsync();
        }

        await Images.RemoveAsync(reference, force: false, Cancel);
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task What_is_missing_is_said_before_the_first_byte()
    {
        string reference = NewReference();
        byte[] layer = SmallLayer();
        await ImportOneAsync(layer, reference);
        string blob = Path.Combine(Engine.DataRoot, "blobs/sha256", TestLayout.Digest(layer)[7..]);
        byte[] content = await File.ReadAllBytesAsync(blob, Cancel);
        File.Delete(blob);
        EngineException error = await FailsAsync(
            EngineErrorReason.ContentMissing, () => ExportAsync(new ImageExport { Images = [BusyboxImage.Reference, reference] }));
        Assert.Equal(TestLayout.Digest(layer), error.Target);
        await File.WriteAllBytesAsync(blob, content[..^1], Cancel);
        await FailsAsync(EngineErrorReason.ContentMissing, () => ExportAsync(new ImageExport { Images = [reference] }));
        await File.WriteAllBytesAsync(blob, content, Cancel);
        Assert.NotEmpty(await ExportAsync(new ImageExport { Images = [reference] }));
    }

    [Theory]
    [InlineData(EngineErrorReason.ImageNotFound, "no-such-image")]
    [InlineData(EngineErrorReason.ImageNotFound, "busybox:no-such-tag")]
    [InlineData(EngineErrorReason.InvalidReference, "UPPER")]
    [InlineData(EngineErrorReason.InvalidReference)]
    public Task What_is_not_there_says_so(string reason, params string[] images) =>
        FailsAsync(reason, () => ExportAsync(new ImageExport { Images = images }));

    [Fact]
    public async Task The_same_image_goes_out_as_the_same_bytes_and_progress_reaches_the_end()
    {
        string reference = NewReference();
        await ImportOneAsync(LargeLayer(8), reference);
        var told = new List<ImageProgress>();
        var export = new ImageExport { Images = [reference] };
        byte[] first = await ExportAsync(export, new Listener(told));
        Assert.Equal(first, await ExportAsync(export));
        Assert.Contains(told, progress => progress.Current == progress.Total && progress.Total > 8 << 20);
    }

    private async Task<byte[]> ExportAsync(ImageExport export, IProgress<ImageProgress>? progress = null)
    {
        using var archive = new MemoryStream();
        await foreach (ReadOnlyMemory<byte> chunk in Images.ExportAsync(export, progress, Cancel))
        {
            archive.Write(chunk.Span);
        }

        return archive.ToArray();
    }

    private static byte[] LargeLayer(int mebibytes)
    {
        using var layer = new TestLayer();
        var content = new byte[1 << 20];
        for (int i = 0; i < mebibytes; i++)
        {
            Random.Shared.NextBytes(content);
            layer.Write(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, $"f{i}")
            {
                DataStream = new MemoryStream(content),
            });
        }

        return layer.ToArray();
    }

    private long ResidentBytes()
    {
        using Process engine = Process.GetProcessById(Engine.ProcessId);
        return engine.WorkingSet64;
    }

    private sealed class Listener(List<ImageProgress> told) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value) => told.Add(value);
    }
}
