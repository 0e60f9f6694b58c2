using System.Formats.Tar;
using System.Text;
using Engine.Integration.Tests.Harness;
using Engine.Integration.Tests.Images;

namespace Engine.Integration.Tests.Faults;

/// <summary>Archives that want out, lie, or never end. None of them leaves anything.</summary>
public sealed class HostileImportTests(OwnEngineFixture fixture) : ImageTest(fixture), IClassFixture<OwnEngineFixture>
{
    private readonly string _canary = $"/tmp/et-canary-{Guid.NewGuid():N}";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Assert.False(Path.Exists(_canary), "The archive wrote outside of its layer.");
    }

    public static TheoryData<string> Escapes =>
        ["parent", "absolute", "below-link", "below-absolute-link", "link-chain", "hard-link-out", "hard-link-absolute",
            "white-out"];

    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task Nothing_is_written_outside_of_the_layer(string way)
    {
        byte[] layer = Escape(way);
        var layout = new TestLayout { Name = NewReference() };
        layout.Add(BusyboxImage.Archive).Add(layer);
        string before = await File.ReadAllTextAsync("/etc/passwd", Cancel);
        foreach (byte[] archive in (byte[][])[layer, layout.ToOciArchive(), layout.ToDockerArchive(layout.Name!)])
        {
            try
            {
                await ImportAsync(archive, NewReference());
            }
            catch (EngineException e)
            {
                // An absolute name, or a link that stays inside, may also be taken as below the layer's root.
                Assert.True(
                    e.Reason is EngineErrorReason.ArchiveEscapesRoot or EngineErrorReason.InvalidArchive
                        or EngineErrorReason.InvalidManifest
                        or EngineErrorReason.InvalidReference,
                    $"{e.Reason}: {e.Message}");
            }

            Assert.False(Path.Exists(_canary), way);
        }

        Assert.Equal(before, await File.ReadAllTextAsync("/etc/passwd", Cancel));
        AssertNothingHalfDone();
    }

    [Theory]
    [InlineData("parent")]
    [InlineData("hard-link-out")]
    public async Task A_way_out_is_refused_with_the_entry_s_name(string way)
    {
        EngineException error = await FailsAsync(
            EngineErrorReason.ArchiveEscapesRoot, () => ImportAsync(Escape(way), NewReference()));
        Assert.Contains(way == "parent" ? "canary" : "etc/passwd", error.Message, StringComparison.Ordinal);
        AssertNothingHalfDone();
    }

    [Fact]
    public async Task A_blob_that_is_not_what_its_digest_says_is_refused()
    {
        var layout = new TestLayout { Name = NewReference() };
        layout.Add(BusyboxImage.Archive, "gzip");
        byte[] archive =
            layout.ToOciArchive((_, blob) => blob.Length < 100_000 ? blob : [.. blob[..^1], (byte)(blob[^1] ^ 1)]);
        EngineException error = await Assert.ThrowsAsync<EngineException>(() => ImportAsync(archive));
        Assert.Contains(error.Reason, (string[])[EngineErrorReason.DigestMismatch, EngineErrorReason.InvalidArchive]);
        AssertNothingHalfDone();
    }

    [Fact]
    public async Task A_layer_that_is_not_what_its_diff_id_says_is_refused()
    {
        var layout = new TestLayout { Name = NewReference() };
        layout.Add(SmallLayer(), "gzip", diffId: TestLayout.Digest("something else"u8.ToArray()));
        await FailsAsync(EngineErrorReason.DigestMismatch, () => ImportAsync(layout.ToOciArchive()));
        await FailsAsync(EngineErrorReason.ImageNotFound, () => Images.GetAsync(layout.Name!, null, Cancel));
        AssertNothingHalfDone();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(5000)]
    [InlineData(1_000_000)]
    public async Task An_archive_that_ends_too_early_is_refused(int length)
    {
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            () => ImportAsync(BusyboxImage.Archive[..length], NewReference()));
        Assert.Contains(error.Reason, (string[])[EngineErrorReason.InvalidArchive, EngineErrorReason.InputTooLarge]);
        AssertNothingHalfDone();
    }

    [Fact]
    public async Task A_layout_that_ends_too_early_is_refused()
    {
        var layout = new TestLayout { Name = NewReference() };
        layout.Add(BusyboxImage.Archive, "gzip");
        byte[] archive = layout.ToOciArchive();
        foreach (int length in (int[])[archive.Length / 4, archive.Length / 2, archive.Length - 1500])
        {
            await Assert.ThrowsAsync<EngineException>(() => ImportAsync(archive[..length]));
            AssertNothingHalfDone();
        }

        await FailsAsync(EngineErrorReason.ImageNotFound, () => Images.GetAsync(layout.Name!, null, Cancel));
    }

    [Fact]
    public async Task A_header_that_promises_exabytes_is_refused()
    {
        byte[] archive = SmallLayer();
        // The size field of the first ustar header (pax puts its own before it): base-256, the largest there is.
        int header = 0;
        Array.Fill(archive, (byte)0xFF, header + 124, 12);
        archive[header + 124] = 0x80;
        archive[header + 125] = 0x7F;
        FixChecksum(archive.AsSpan(header, 512));
        EngineException error = await Assert.ThrowsAsync<EngineException>(() => ImportAsync(archive, NewReference()));
        Assert.Contains(error.Reason, (string[])[EngineErrorReason.InvalidArchive, EngineErrorReason.InputTooLarge]);
        AssertNothingHalfDone();
    }

    [Fact]
    public async Task Random_bytes_are_no_archive()
    {
        byte[] noise = new byte[1 << 20];
        new Random(42).NextBytes(noise);
        await FailsAsync(EngineErrorReason.InvalidArchive, () => ImportAsync(noise, NewReference()));
        AssertNothingHalfDone();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData(
        "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:../../../../etc/passwd\",\"size\":1}]}")]
    [InlineData(
        "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"size\":9223372036854775807}]}")]
    public async Task An_index_that_makes_no_sense_is_refused(string index)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            BusyboxImage.Add(
                tar, TarEntryType.RegularFile, "oci-layout", TestLayer.Executable,
                "{\"imageLayoutVersion\":\"1.0.0\"}");
            BusyboxImage.Add(tar, TarEntryType.RegularFile, "index.json", TestLayer.Executable, index);
        }

        EngineException error = await Assert.ThrowsAsync<EngineException>(() => ImportAsync(stream.ToArray()));
        Assert.True(error.Code != EngineErrorCode.Internal, error.Message);
        AssertNothingHalfDone();
    }

    [Fact]
    public async Task A_hundred_thousand_entries_come_in()
    {
        using var layer = new TestLayer();
        for (int i = 0; i < 100_000; i++)
        {
            layer.Directory($"d{i / 1000}/e{i}/");
        }

        string reference = NewReference();
        using var archive = new MemoryStream(TestLayout.Compress(layer.ToArray(), "gzip"));
        // A disk makes and removes directories at its own pace.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        ContainerImage image = await ImageArchives.ImportOneAsync(
            Engine.Client, archive, new ImageImport { References = [reference] }, limit.Token);
        Assert.Equal(reference, Assert.Single(image.References));
        await Images.RemoveAsync(reference, force: false, limit.Token);
        AssertNothingHalfDone();
    }

    [Fact]
    public async Task A_caller_that_goes_away_in_the_middle_leaves_nothing()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var endless = new EndlessLayer(() => caller.CancelAfter(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImageArchives.ImportAsync(
            Engine.Client, endless, new ImageImport { References = [NewReference()] }, caller.Token));
        await Limit.UntilAsync(() => !HalfDone().Any(), Limit.Settle, () => string.Join('\n', HalfDone()), Cancel);
    }

    private byte[] Escape(string way)
    {
        string up = string.Concat(Enumerable.Repeat("../", 20));
        string canary = _canary[1..];
        using var layer = new TestLayer();
        switch (way)
        {
            case "parent":
                layer.File(up + canary, "x");
                break;
            case "absolute":
                layer.File(_canary, "x");
                break;
            case "below-link":
                layer.SymbolicLink("link", up + "tmp").File("link/" + Path.GetFileName(_canary), "x");
                break;
            case "below-absolute-link":
                layer.SymbolicLink("link", "/tmp").File("link/" + Path.GetFileName(_canary), "x");
                break;
            case "link-chain":
                layer.SymbolicLink("a", "b").SymbolicLink("b", "c").SymbolicLink("c", "/").Directory("a/tmp/")
                    .File("a/tmp/" + Path.GetFileName(_canary), "x");
                break;
            case "hard-link-out":
                layer.HardLink("canary-passwd", up + "etc/passwd").File("canary-passwd", "overwritten");
                break;
            case "hard-link-absolute":
                layer.HardLink("passwd", "/etc/passwd").File("passwd", "overwritten");
                break;
            default:
                layer.SymbolicLink("link", "/etc").File("link/.wh.passwd", "").File(up + "etc/.wh.passwd", "");
                break;
        }

        return layer.ToArray();
    }

    private static void FixChecksum(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte b in header)
        {
            sum += b;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
    }

    private IEnumerable<string> HalfDone() =>
        Directory.EnumerateFileSystemEntries(Path.Combine(Engine.DataRoot, "ingest"));

    private void AssertNothingHalfDone() => Assert.Empty(HalfDone());
}
