using System.Text.Json;
using Engine.Linux.Processes;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Runtime;

/// <summary>The pipe on which conmon says, in one line of JSON, what became of the runtime's create.</summary>
internal sealed class SyncPipe : IDisposable
{
    /// <summary>conmon passes on at most 8 KiB of the runtime's words, each byte escaped to six at most.</summary>
    private const int LongestLine = 64 * 1024;

    private readonly SafeFileHandle _reader;

    private SyncPipe(SafeFileHandle reader, SafeFileHandle writer)
    {
        _reader = reader;
        Writer = writer;
    }

    /// <summary>conmon's end. Dispose it once conmon has it, or the end of the pipe is never seen.</summary>
    internal SafeFileHandle Writer { get; }

    internal static unsafe SyncPipe Open()
    {
        int* ends = stackalloc int[2];
        if (pipe2(ends, O_CLOEXEC) != 0)
        {
            throw LinuxError.FromLast("pipe2");
        }

        SyncPipe pipe = new(new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
        return fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 ? pipe : throw LinuxError.FromLast("fcntl");
    }

    /// <summary>Reads the report; null when conmon ended without one.</summary>
    internal async Task<MonitorReport?> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[LongestLine];
        int length = 0;
        while (length < buffer.Length)
        {
            int got = ReadAvailable(buffer.AsSpan(length));
            if (got < 0)
            {
                await ReadinessWatcher.Shared.WaitReadableAsync(_reader, cancellationToken).ConfigureAwait(false);
                continue;
            }

            length += got;
            int end = buffer.AsSpan(0, length).IndexOf((byte)'\n');
            if (got == 0 || end >= 0)
            {
                return Parse(buffer.AsSpan(0, end >= 0 ? end : length));
            }
        }

        return null;
    }

    public void Dispose()
    {
        _reader.Dispose();
        Writer.Dispose();
    }

    private static MonitorReport? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, RuntimeJson.Default.MonitorReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is there now: -1 when nothing is yet, 0 at the end.</summary>
    private unsafe int ReadAvailable(Span<byte> buffer)
    {
        fixed (byte* b = buffer)
        {
            long got = read((int)_reader.DangerousGetHandle(), b, buffer.Length);
            return got >= 0 ? (int)got : LinuxError.Last == EAGAIN || LinuxError.Last == EINTR ? -1 : throw LinuxError.FromLast("read");
        }
    }
}
