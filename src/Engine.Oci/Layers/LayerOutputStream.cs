using System.Runtime.ExceptionServices;
using Engine.Oci.Compression;

namespace Engine.Oci.Layers;

/// <summary>
/// Takes a layer's tar and writes the layer as it is kept: hashed on the way, and compressed on a thread of its own, so
/// that reading the files and compressing them take the longer of both times and not their sum. One thread may write at
/// a time; a write waits while the other thread is behind.
/// </summary>
public sealed class LayerOutputStream : Stream
{
    private readonly Stream _destination;
    private readonly ArchiveCompression _compression;
    private readonly IncrementalDigest _diffHash = new();
    private readonly BufferHandOff _handOff = new();
    private readonly CancellationTokenSource _stop;
    private readonly Task _pump;
    private byte[]? _current;
    private int _filled;
    private volatile Exception? _failure;
    private bool _disposed;

    /// <summary>Begins a layer.</summary>
    /// <param name="destination">Where the compressed layer goes; it stays open.</param>
    /// <param name="compression">How it is compressed.</param>
    /// <param name="cancellationToken">Ends the writing, here and on the other thread.</param>
    public LayerOutputStream(Stream destination, ArchiveCompression compression, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        _destination = destination;
        _compression = compression;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _pump = Task.Factory.StartNew(Pump, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _diffHash.Append(buffer);
        while (!buffer.IsEmpty)
        {
            _current ??= Rent();
            int count = Math.Min(buffer.Length, _current.Length - _filled);
            buffer[..count].CopyTo(_current.AsSpan(_filled));
            _filled += count;
            buffer = buffer[count..];
            if (_filled == _current.Length)
            {
                Publish();
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Waits until all of the layer is at its destination.</summary>
    /// <returns>The digest of the uncompressed tar.</returns>
    public async Task<Digest> CompleteAsync()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_filled > 0)
        {
            Publish();
        }

        Rent();
        _handOff.Publish(0);
        await _pump.ConfigureAwait(false);
        ThrowIfFailed();
        return _diffHash.Current();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _stop.Cancel();
            _pump.Wait();
            _handOff.Dispose();
            _stop.Dispose();
            _diffHash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Publish()
    {
        _handOff.Publish(_filled);
        _current = null;
        _filled = 0;
    }

    private byte[] Rent()
    {
        try
        {
            return _handOff.Rent(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            ThrowIfFailed();
            throw;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void Pump()
    {
        try
        {
            using Stream encoder = Encoder.Create(_compression, _destination);
            while (_handOff.Take(_stop.Token) is { IsEmpty: false } piece)
            {
                encoder.Write(piece.Span);
                _handOff.Return();
            }
        }
        catch (Exception e)
        {
            // Whatever it is, it belongs to whoever writes, who may be waiting for a buffer.
            _failure = e;
            _stop.Cancel();
        }
    }
}
