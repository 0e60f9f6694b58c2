using Engine.Oci.Layers;

namespace Engine.Oci.Tests.Layers;

/// <summary>A layer that is written reads the same, and whatever goes wrong on the other thread reaches the writer.</summary>
public sealed class LayerOutputStreamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ArchiveCompression.None, 0)]
    [InlineData(ArchiveCompression.Gzip, 0)]
    [InlineData(ArchiveCompression.Zstd, 1)]
    [InlineData(ArchiveCompression.None, 256 * 1024)]
    [InlineData(ArchiveCompression.Gzip, 5_000_001)]
    [InlineData(ArchiveCompression.Zstd, 5_000_001)]
    public async Task What_is_written_reads_the_same_and_has_the_digest_that_was_told(ArchiveCompression compression, int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content.AsSpan(0, length / 2));
        using var destination = new MemoryStream();
        Digest diffId;
        using (var layer = new LayerOutputStream(destination, compression, Cancel))
        {
            for (int at = 0, piece = 1; at < length; at += piece, piece = piece * 3 % 700_001)
            {
                piece = Math.Min(piece, length - at);
                await layer.WriteAsync(content.AsMemory(at, piece), Cancel);
            }

            diffId = await layer.CompleteAsync();
        }

        Assert.Equal(Digest.Compute(content), diffId);
        destination.Position = 0;
        using LayerStream read = LayerStream.Open(destination, new LayerStreamOptions { LeaveOpen = true }, Cancel);
        using var back = new MemoryStream();
        await read.CopyToAsync(back, Cancel);
        Assert.Equal(content, back.ToArray());
        Assert.Equal(diffId, read.Complete().DiffId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_000_000)]
    public async Task A_destination_that_fails_fails_the_writer_and_nothing_hangs(int room)
    {
        using var destination = new FullStream(room);
        using var layer = new LayerOutputStream(destination, ArchiveCompression.None, Cancel);
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (int i = 0; i < 100; i++)
            {
                await layer.WriteAsync(new byte[1_000_000], Cancel);
            }

            await layer.CompleteAsync();
        });
    }

    [Fact]
    public async Task A_failure_with_the_last_bytes_is_seen_at_the_end()
    {
        using var destination = new FullStream(0);
        using var layer = new LayerOutputStream(destination, ArchiveCompression.Gzip, Cancel);
        await layer.WriteAsync(new byte[10], Cancel);
        await Assert.ThrowsAsync<IOException>(layer.CompleteAsync);
    }

    [Fact]
    public async Task A_writer_who_is_cancelled_does_not_wait_for_a_destination_that_stalls()
    {
        using var ends = new CancellationTokenSource();
        using var destination = new StalledStream();
        using var layer = new LayerOutputStream(destination, ArchiveCompression.None, ends.Token);
        Task writing = Task.Run(
            async () =>
            {
                while (true)
                {
                    await layer.WriteAsync(new byte[1_000_000], CancellationToken.None);
                }
            },
            Cancel);
        await destination.Stalls.Task.WaitAsync(Cancel);
        await ends.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        destination.Release.Set();
    }

    private sealed class FullStream(int room) : MemoryStream
    {
        private int _length;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _length += buffer.Length;
            if (_length > room)
            {
                throw new IOException("It is full.");
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    }

    private sealed class StalledStream : MemoryStream
    {
        public TaskCompletionSource Stalls { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Release { get; } = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Stalls.TrySetResult();
            Release.Wait();
        }

        protected override void Dispose(bool disposing)
        {
            Release.Dispose();
            base.Dispose(disposing);
        }
    }
}
