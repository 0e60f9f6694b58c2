using Microsoft.Win32.SafeHandles;

namespace Engine.Linux.Logs;

/// <summary>The buffer of a log that is being read: whole records are taken from its front, the rest waits for more.</summary>
internal sealed class LogChunk(LogTail? tail, long offset, int firstSize, int largestSize)
{
    private byte[] _buffer = new byte[firstSize];
    private int _filled;
    private int _taken;
    private bool _skipping;

    /// <summary>Where in the file the buffer begins.</summary>
    private long _offset = offset;

    /// <summary>Reads more; false when there is nothing more now.</summary>
    internal bool Fill(SafeFileHandle file)
    {
        _buffer.AsSpan(_taken, _filled - _taken).CopyTo(_buffer);
        _filled -= _taken;
        _offset += _taken;
        _taken = 0;
        if (_filled == _buffer.Length)
        {
            MakeRoom();
        }

        int got = RandomAccess.Read(file, _buffer.AsSpan(_filled), _offset + _filled);
        _filled += got;
        return got > 0;
    }

    /// <summary>The whole records that are there, without those before the tail that was asked for.</summary>
    internal ReadOnlyMemory<byte> TakeRecords()
    {
        int end = _buffer.AsSpan(0, _filled).LastIndexOf((byte)'\n') + 1;
        int start = 0;
        if (_skipping && end > 0)
        {
            start = _buffer.AsSpan(0, end).IndexOf((byte)'\n') + 1;
            _skipping = false;
        }

        _taken = end;
        return tail is { } limits && _offset < Math.Max(limits.Output, limits.Error)
            ? Select(start, end, limits)
            : _buffer.AsMemory(start, end - start);
    }

    private void MakeRoom()
    {
        if (_buffer.Length < largestSize)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
            return;
        }

        _offset += _filled;
        _filled = 0;
        _skipping = true;
    }

    private Memory<byte> Select(int start, int end, LogTail limits)
    {
        int kept = start;
        for (int at = start; at < end;)
        {
            int next = at + _buffer.AsSpan(at, end - at).IndexOf((byte)'\n') + 1;
            Span<byte> line = _buffer.AsSpan(at, next - at);
            if (LogRecord.TryParse(line, out LogRecord record) && _offset + at >= limits.StartOf(record.Stream))
            {
                line.CopyTo(_buffer.AsSpan(kept));
                kept += line.Length;
            }

            at = next;
        }

        return _buffer.AsMemory(start, kept - start);
    }
}
