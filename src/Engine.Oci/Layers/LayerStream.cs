using Engine.Oci.Compression;

namespace Engine.Oci.Layers;

/// <summary>
/// A layer's uncompressed tar, read from the layer as it came, with both digests computed on the way. The source is
/// read, hashed and inflated on a thread of its own, some buffers ahead of the thread that reads this stream, parses
/// and writes: on two processors that halves the time. One thread may read at a time.
/// </summary>
public sealed class LayerStream : ForwardStream
{
    private readonly Stream _source;
    private readonly SourceStream _input;
    private readonly LayerStreamOptions _options;
    private readonly IncrementalDigest? _blobHash;
    private readonly IncrementalDigest? _diffHash;
    private readonly BufferHandOff _handOff = new();
    private readonly CancellationTokenSource _stop;
    private readonly Task _pump;
    private ReadOnlyMemory<byte> _current;
    private bool _holds;
    private bool _ended;
    private bool _disposed;

    private LayerStream(Stream source, LayerStreamOptions options, CancellationToken cancellationToken)
    {
        _source = source;
        _options = options;
        _blobHash = options is { ComputeDigests: true, VerifiedBlob: null }
            ? new IncrementalDigest(options.BlobAlgorithm)
            : null;
        _input = new SourceStream(source, _blobHash);
        Compression = CompressionMagic.Detect(_input.Peek(CompressionMagic.Length));

        // What is not compressed has one digest, and is hashed once.
        DigestAlgorithm blobAlgorithm = options.VerifiedBlob?.Algorithm ?? options.BlobAlgorithm;
        bool same = Compression == CompressionKind.None && blobAlgorithm == options.DiffIdAlgorithm;
        _diffHash = options.ComputeDigests && !same ? new IncrementalDigest(options.DiffIdAlgorithm) : null;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _pump = Task.Factory.StartNew(Pump, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How the layer is compressed, by its first bytes.</summary>
    public CompressionKind Compression { get; }

    /// <summary>Begins to read a layer.</summary>
    /// <param name="source">The layer as it came, compressed or not.</param>
    /// <param name="options">How to work; null for the usual way.</param>
    /// <param name="cancellationToken">Ends the reading, here and on the other thread (between two reads of the
    /// source).</param>
    public static LayerStream Open(
        Stream source, LayerStreamOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new LayerStream(source, options ?? new LayerStreamOptions(), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidArchive"/>: the compressed data is corrupt
    /// or truncated.</exception>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty || !Fill())
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _current.Length);
        _current.Span[..count].CopyTo(buffer);
        _current = _current[count..];
        return count;
    }

    /// <summary>
    /// Reads what is left, of the tar and of the layer behind its tar, and tells the digests: they cover every byte,
    /// also
    /// those that no tar reader looks at.
    /// </summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidArchive"/>: the compressed data is corrupt
    /// or truncated.</exception>
    public LayerDigests Complete()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_options.ComputeDigests)
        {
            throw new InvalidOperationException("The stream was opened without digests.");
        }

        while (Fill())
        {
            _current = default;
        }

        _pump.GetAwaiter().GetResult();
        Digest blob = _options.VerifiedBlob ?? _blobHash!.Current();
        long size = _input.Position;
        return new LayerDigests(Compression, blob, size, _diffHash?.Current() ?? blob, _diffHash?.Length ?? size);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _stop.Cancel();
            if (!_options.LeaveOpen)
            {
                // Also what wakes the other thread when it waits for the network.
                _source.Dispose();
            }

            _pump.Wait();
            _handOff.Dispose();
            _stop.Dispose();
            _blobHash?.Dispose();
            _diffHash?.Dispose();
        }

        base.Dispose(disposing);
    }

    // False at the end.
    private bool Fill()
    {
        if (!_current.IsEmpty)
        {
            return true;
        }

        if (_holds)
        {
            _handOff.Return();
            _holds = false;
        }

        if (!_ended)
        {
            _current = _handOff.Take(_stop.Token);
            _holds = true;
            _ended = _current.IsEmpty;
            _diffHash?.Append(_current.Span);
        }

        return !_ended;
    }

    private void Pump()
    {
        try
        {
            using Stream? decoder = Compression == CompressionKind.None ? null : Decoder.Create(Compression, _input);
            int read;
            do
            {
                byte[] buffer = _handOff.Rent(_stop.Token);
                read = (decoder ?? _input).Read(buffer, 0, buffer.Length);
                if (read == 0)
                {
                    _input.Drain(_stop.Token);
                }

                _handOff.Publish(read);
            }
            while (read > 0);
        }
        catch (Exception e)
        {
            // Whatever it is, it belongs to whoever reads; nobody else looks at this thread.
            bool content = Compression != CompressionKind.None && !_input.Failed && Decoder.IsContentFault(e);
            _handOff.Fail(content ? Decoder.Fault(Compression, e) : e);
        }
    }
}
