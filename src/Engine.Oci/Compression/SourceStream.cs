namespace Engine.Oci.Compression;

/// <summary>
/// What the decoders read from: it takes large pieces from the source whatever they ask for, hashes each piece once,
/// counts, and can look ahead. Reads are filled unless the source ends: some decoders take a short read for the end.
/// </summary>
/// <param name="source">Where the bytes come from; it stays open.</param>
/// <param name="hash">What they are hashed with, or null.</param>
internal sealed class SourceStream(Stream source, IncrementalDigest? hash) : ForwardStream
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private long _consumed;

    /// <summary>
    /// Whether reading the source failed: the fault is not in the content then, whatever the decoder makes of it.
    /// </summary>
    public bool Failed { get; private set; }

    // SharpCompress' xz decoder finds its padding by the position.
    public override long Position
    {
        get => _consumed;
        set => throw new NotSupportedException();
    }

    /// <summary>The next bytes without taking them; fewer than asked for only when the source ends.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            while (_end < count && Take(_buffer.AsSpan(_end)) is var read and > 0)
            {
                _end += read;
            }
        }

        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    public override int Read(Span<byte> buffer)
    {
        int done = 0;
        while (done < buffer.Length)
        {
            if (_start == _end)
            {
                if (buffer.Length - done >= _buffer.Length)
                {
                    // Large reads need no second buffer.
                    int direct = Take(buffer[done..]);
                    if (direct == 0)
                    {
                        break;
                    }

                    done += direct;
                    continue;
                }

                (_start, _end) = (0, Take(_buffer));
                if (_end == 0)
                {
                    break;
                }
            }

            int count = Math.Min(buffer.Length - done, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(buffer[done..]);
            _start += count;
            done += count;
        }

        _consumed += done;
        return done;
    }

    public override int ReadByte()
    {
        if (_start == _end)
        {
            Span<byte> one = stackalloc byte[1];
            return Read(one) == 0 ? -1 : one[0];
        }

        _consumed++;
        return _buffer[_start++];
    }

    /// <summary>Reads what is left, so that the hash covers the whole source.</summary>
    public void Drain(CancellationToken cancellationToken)
    {
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            _consumed += _end - _start;
            (_start, _end) = (0, Take(_buffer));
        }
        while (_end > 0);
    }

    private int Take(Span<byte> buffer)
    {
        int read;
        try
        {
            read = source.Read(buffer);
        }
        catch
        {
            Failed = true;
            throw;
        }

        hash?.Append(buffer[..read]);
        return read;
    }
}
