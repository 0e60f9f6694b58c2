namespace Engine.Linux.Logs;

/// <summary>
/// One record of a container's log: <c>2024-01-01T00:00:00.000000000+00:00 stdout F text</c>, the format of the Kubernetes
/// CRI that conmon writes. A record is a piece of a line (<c>P</c>) or ends one (<c>F</c>). Nothing is escaped: the
/// records' <see cref="Content"/> one after the other is what the container wrote, byte for byte.
/// </summary>
public readonly ref struct LogRecord
{
    private readonly ReadOnlySpan<byte> _timestamp;

    private LogRecord(ReadOnlySpan<byte> timestamp, LogStream stream, bool isPartial, ReadOnlySpan<byte> content)
    {
        _timestamp = timestamp;
        Stream = stream;
        IsPartial = isPartial;
        Content = content;
    }

    /// <summary>Where it was written.</summary>
    public LogStream Stream { get; }

    /// <summary>The line goes on in the next record of the same stream.</summary>
    public bool IsPartial { get; }

    /// <summary>What was written, the newline of a full record included.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>What was written, without the newline.</summary>
    public ReadOnlySpan<byte> Text => IsPartial ? Content : Content[..^1];

    /// <summary>The time as it is in the log.</summary>
    public ReadOnlySpan<byte> RawTimestamp => _timestamp;

    /// <summary>When conmon read it from the container, in nanoseconds since 1970-01-01T00:00:00Z; 0 when it is malformed.</summary>
    public long UnixNanoseconds => LogTimestamp.TryParse(_timestamp, out long nanoseconds) ? nanoseconds : 0;

    /// <summary>The same, cut to 100 ns.</summary>
    public DateTimeOffset Timestamp => DateTimeOffset.UnixEpoch.AddTicks(UnixNanoseconds / 100);

    /// <summary>
    /// Takes the next whole record from the front of a buffer. Lines that are no record, which a full disk can leave, are
    /// passed over.
    /// </summary>
    /// <param name="buffer">What is left to read; what is left of it when there is no whole record any more.</param>
    /// <param name="record">The record. It points into the buffer.</param>
    public static bool TryRead(ref ReadOnlySpan<byte> buffer, out LogRecord record)
    {
        while (buffer.IndexOf((byte)'\n') is var end and >= 0)
        {
            ReadOnlySpan<byte> line = buffer[..(end + 1)];
            buffer = buffer[(end + 1)..];
            if (TryParse(line, out record))
            {
                return true;
            }
        }

        record = default;
        return false;
    }

    /// <summary>Reads one line, its newline included.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> line, out LogRecord record)
    {
        const int TagLength = 9; // "stdout F "
        int space = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> rest = space < 0 ? [] : line[(space + 1)..];
        if (rest.Length <= TagLength || rest[6] != ' ' || rest[8] != ' ' || rest[7] is not ((byte)'F' or (byte)'P'))
        {
            record = default;
            return false;
        }

        LogStream stream = rest.StartsWith("stdout"u8) ? LogStream.Output : rest.StartsWith("stderr"u8) ? LogStream.Error : 0;
        bool partial = rest[7] == 'P';
        record = new LogRecord(line[..space], stream, partial, partial ? rest[TagLength..^1] : rest[TagLength..]);
        return stream != 0;
    }
}
