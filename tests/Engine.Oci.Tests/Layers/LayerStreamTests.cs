using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using CsCheck;
using Engine.Oci.Compression;
using Engine.Oci.Layers;

namespace Engine.Oci.Tests.Layers;

public sealed class LayerStreamTests
{
    // Compressible, and larger than the buffers on the way.
    private static readonly byte[] s_content = MakeContent(1_200_000);

    public static TheoryData<CompressionKind, string, string[]> Tools => new()
    {
        { CompressionKind.None, "cat", [] },
        { CompressionKind.Gzip, "gzip", ["-c"] },
        { CompressionKind.Zstd, "zstd", ["-c"] },
        { CompressionKind.Zstd, "zstd", ["-c", "--long=27", "--no-check"] },
        { CompressionKind.Xz, "xz", ["-c"] },
        { CompressionKind.Xz, "xz", ["-c", "--check=sha256", "--block-size=100KiB"] },
        { CompressionKind.Xz, "xz", ["-c", "--check=none", "-T2", "--block-size=1MiB"] },
        { CompressionKind.Bzip2, "bzip2", ["-c", "-1"] },
    };

    public static IEnumerable<TheoryDataRow<string, string[]>> CompressingTools =>
        Tools.Select(row => row.Data).Where(row => row.Item1 != CompressionKind.None).Select(row => new TheoryDataRow<string, string[]>(row.Item2, row.Item3));

    // Without a checksum in the stream, the digest alone can tell.
    public static IEnumerable<TheoryDataRow<string, string[]>> CheckingTools =>
        CompressingTools.Where(row => !row.Data.Item2.Any(argument => argument is "--no-check" or "--check=none"));

    [Theory]
    [MemberData(nameof(Tools))]
    public void What_a_tool_compressed_is_read_with_both_digests(CompressionKind kind, string tool, string[] arguments)
    {
        Tool.Require(tool);
        byte[] blob = Tool.Run(tool, arguments, input: s_content);
        using LayerStream layer = Open(new MemoryStream(blob));
        Assert.Equal(kind, layer.Compression);
        using var read = new MemoryStream();
        layer.CopyTo(read);
        Assert.True(read.ToArray().AsSpan().SequenceEqual(s_content), "the content differs");
        Assert.Equal(new LayerDigests(kind, Digest.Compute(blob), blob.Length, Digest.Compute(s_content), s_content.Length), layer.Complete());
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void A_blob_that_was_verified_is_not_hashed_again(CompressionKind kind, string tool, string[] arguments)
    {
        Tool.Require(tool);
        byte[] blob = Tool.Run(tool, arguments, input: s_content);

        // Any digest will do to show that it is taken as it is; of a plain tar it is the diff id too.
        Digest verified = kind == CompressionKind.None ? Digest.Compute(blob) : Digest.Compute([1]);
        using LayerStream layer = LayerStream.Open(
            new MemoryStream(blob), new LayerStreamOptions { VerifiedBlob = verified }, TestContext.Current.CancellationToken);
        Assert.Equal(
            new LayerDigests(kind, verified, blob.Length, Digest.Compute(s_content), s_content.Length), layer.Complete());
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void Streams_one_after_the_other_are_one_layer(CompressionKind kind, string tool, string[] arguments)
    {
        Tool.Require(tool);
        byte[] one = Tool.Run(tool, arguments, input: s_content);
        byte[] empty = Tool.Run(tool, arguments, input: []);
        using LayerStream layer = Open(new MemoryStream([.. one, .. empty, .. one]));
        LayerDigests digests = layer.Complete();
        Assert.Equal((kind, 2L * s_content.Length), (digests.Compression, digests.DiffSize));
        Assert.Equal(Digest.Compute([.. s_content, .. s_content]), digests.DiffId);
    }

    [Theory]
    [MemberData(nameof(CompressingTools))]
    public void A_cut_stream_is_an_error_wherever_it_is_cut(string tool, string[] arguments)
    {
        Tool.Require(tool);
        byte[] blob = Tool.Run(tool, arguments, input: s_content[..200_000]);
        int[] cuts = [12, 40, blob.Length / 2, .. Enumerable.Range(1, 20).Select(back => blob.Length - back)];
        foreach (int length in cuts)
        {
            using LayerStream layer = Open(new MemoryStream(blob[..length]));
            EngineException error = Assert.Throws<EngineException>(() => layer.Complete());
            Assert.True(error is { Code: EngineErrorCode.Corrupt, Reason: EngineErrorReason.InvalidArchive }, $"{length} of {blob.Length}: {error}");
        }
    }

    [Theory]
    [MemberData(nameof(CheckingTools))]
    public void A_changed_byte_is_an_error(string tool, string[] arguments)
    {
        Tool.Require(tool);
        byte[] blob = Tool.Run(tool, arguments, input: s_content[..200_000]);
        for (int at = blob.Length / 3; at < blob.Length - 30; at += blob.Length / 7)
        {
            byte[] changed = [.. blob];
            changed[at] ^= 0x10;
            using LayerStream layer = Open(new MemoryStream(changed));
            Assert.Equal(EngineErrorReason.InvalidArchive, Assert.Throws<EngineException>(() => layer.Complete()).Reason);
        }
    }

    [Theory]
    [MemberData(nameof(CompressingTools))]
    public void Damage_anywhere_is_an_error_or_goes_unseen_but_nothing_else(string tool, string[] arguments)
    {
        Tool.Require(tool);
        byte[] blob = Tool.Run(tool, arguments, input: s_content[..20_000]);
        Gen.Select(Gen.Int[6, blob.Length - 1], Gen.Byte.Array[1, 8]).Sample((at, noise) =>
        {
            byte[] damaged = [.. blob];
            noise.AsSpan(0, Math.Min(noise.Length, blob.Length - at)).CopyTo(damaged.AsSpan(at));
            using LayerStream layer = LayerStream.Open(new MemoryStream(damaged));
            try
            {
                layer.Complete();
            }
            catch (EngineException e) when (e.Reason == EngineErrorReason.InvalidArchive)
            {
                // What it must do when it does not read.
            }
        }, iter: 200);
    }

    [Fact]
    public void Gzip_members_are_joined_wherever_their_borders_fall() =>
        Gen.Select(Gen.Int[0, 20_000].Array[1, 6], Gen.Bool).Sample((sizes, random) =>
        {
            byte[] source = random ? RandomNumberGenerator.GetBytes(120_000) : s_content;
            using var blob = new MemoryStream();
            using var expected = new IncrementalDigest();
            foreach (int size in sizes)
            {
                using var gzip = new GZipStream(blob, CompressionLevel.Fastest, leaveOpen: true);
                gzip.Write(source.AsSpan(0, size));
                expected.Append(source.AsSpan(0, size));
            }

            // GZipStream writes nothing at all for an empty member at the start; then there is no gzip to read.
            if (sizes[0] == 0)
            {
                return;
            }

            using LayerStream layer = Open(new MemoryStream(blob.ToArray()));
            Assert.Equal(expected.Current(), layer.Complete().DiffId);
        }, iter: 200);

    [Fact]
    public void Something_that_is_not_gzip_behind_gzip_is_an_error()
    {
        byte[] blob = [.. Gzip(s_content), .. "trailing"u8];
        using LayerStream layer = Open(new MemoryStream(blob));
        Assert.Equal(EngineErrorReason.InvalidArchive, Assert.Throws<EngineException>(() => layer.Complete()).Reason);
    }

    [Fact]
    public void Skippable_frames_of_zstd_are_skipped()
    {
        Tool.Require("zstd");
        byte[] frame = [0x5f, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
        byte[] blob = [.. frame, .. Tool.Run("zstd", ["-c"], input: s_content), .. frame];
        using LayerStream layer = Open(new MemoryStream(blob));
        Assert.Equal(Digest.Compute(s_content), layer.Complete().DiffId);
        Assert.Equal(Digest.Compute(blob), layer.Complete().Blob);
    }

    [Theory]
    [InlineData("--x86", "--lzma2")]
    [InlineData("--delta=dist=2", "--lzma2")]
    [InlineData("--lzma2=dict=1GiB", null)]
    public void What_the_xz_decoder_cannot_do_is_told(string first, string? second)
    {
        Tool.Require("xz");
        byte[] blob = Tool.Run("xz", second is null ? ["-c", first] : ["-c", first, second], input: "content"u8.ToArray());
        using LayerStream layer = Open(new MemoryStream(blob));
        EngineException error = Assert.Throws<EngineException>(() => layer.Complete());
        Assert.True(error.Code == EngineErrorCode.NotSupported, error.Message);
    }

    [Fact]
    public void Padding_between_streams_of_xz_is_passed_over()
    {
        Tool.Require("xz");
        byte[] one = Tool.Run("xz", ["-c"], input: s_content);
        using LayerStream layer = Open(new MemoryStream([.. one, 0, 0, 0, 0, 0, 0, 0, 0, .. one, 0, 0, 0, 0]));
        Assert.Equal(2 * s_content.Length, layer.Complete().DiffSize);
    }

    [Fact]
    public void Sha512_is_computed_where_it_is_asked_for()
    {
        byte[] blob = Gzip(s_content);
        var options = new LayerStreamOptions { BlobAlgorithm = DigestAlgorithm.Sha512 };
        using LayerStream layer = Open(new MemoryStream(blob), options);
        LayerDigests digests = layer.Complete();
        Assert.Equal(Digest.Compute(blob, DigestAlgorithm.Sha512), digests.Blob);
        Assert.Equal(Digest.Compute(s_content), digests.DiffId);
        using LayerStream plain = Open(new MemoryStream(s_content), options);
        Assert.Equal(Digest.Compute(s_content), plain.Complete().DiffId);
    }

    [Fact]
    public void Nothing_is_an_empty_layer()
    {
        using LayerStream layer = Open(Stream.Null);
        Assert.Equal(0, layer.Read(new byte[10]));
        Assert.Equal(Digest.Compute([]), layer.Complete().DiffId);
    }

    [Fact]
    public void A_failing_source_fails_the_reader_with_its_own_error_after_what_came_before()
    {
        using LayerStream layer = Open(new FailingStream(Gzip(s_content)[..300_000]));
        using var read = new MemoryStream();
        Assert.Equal("the disk is gone", Assert.Throws<IOException>(() => layer.CopyTo(read)).Message);
        Assert.InRange(read.Length, 1, s_content.Length);
        Assert.Throws<IOException>(() => layer.ReadByte());
    }

    [Fact]
    public void A_layer_that_is_dropped_half_read_lets_its_thread_go()
    {
        var source = new MemoryStream(Gzip(s_content));
        LayerStream layer = Open(source);
        layer.ReadExactly(new byte[10]);
        layer.Dispose();
        layer.Dispose();
        Assert.False(source.CanRead);
        Assert.Throws<ObjectDisposedException>(() => layer.ReadByte());
    }

    [Fact]
    public void Cancelling_ends_the_reading()
    {
        using var cancel = new CancellationTokenSource();
        using LayerStream layer = LayerStream.Open(new MemoryStream(s_content), cancellationToken: cancel.Token);
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => layer.Complete());
    }

    private static LayerStream Open(byte[] blob, LayerStreamOptions? options = null) => Open(new MemoryStream(blob), options);

    private static LayerStream Open(Stream source, LayerStreamOptions? options = null) =>
        LayerStream.Open(source, options, TestContext.Current.CancellationToken);

    private static byte[] Gzip(byte[] content)
    {
        using var blob = new MemoryStream();
        using (var gzip = new GZipStream(blob, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return blob.ToArray();
    }

    private static byte[] MakeContent(int length)
    {
        var random = new Random(1);
        using var content = new MemoryStream();
        while (content.Length < length)
        {
            content.Write(System.Text.Encoding.ASCII.GetBytes(random.NextInt64().ToString(CultureInfo.InvariantCulture)));
            content.Write(new byte[random.Next(30)]);
        }

        return content.ToArray()[..length];
    }

    private sealed class FailingStream(byte[] before) : ForwardStream
    {
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            if (_at == before.Length)
            {
                throw new IOException("the disk is gone");
            }

            int count = Math.Min(buffer.Length, before.Length - _at);
            before.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
