using Microsoft.Win32.SafeHandles;

namespace Engine.Linux.Logs;

/// <summary>The lines of a log from the last to the first, without reading more of the file than is asked for.</summary>
internal static class BackwardLines
{
    private const int BlockSize = 64 * 1024;

    internal static IEnumerable<BackwardLine> Read(SafeFileHandle file, long length)
    {
        // "window" holds the file from "start" on; its first line may lack its beginning, which the block before it has.
        byte[] window = [];
        long start = length;
        while (start > 0)
        {
            int size = (int)Math.Min(BlockSize, start);
            byte[] larger = new byte[size + window.Length];
            window.CopyTo(larger, size);
            start -= size;
            size = RandomAccess.Read(file, larger.AsSpan(0, size), start) == size ? size : throw new EndOfStreamException("The log became shorter while it was read.");
            window = larger;

            int end = LastNewline(window, window.Length) + 1;
            while (end > 0)
            {
                int begin = LastNewline(window, end - 1) + 1;
                if (begin == 0 && start > 0)
                {
                    break;
                }

                yield return Parse(window.AsSpan(begin, end - begin), start + begin);
                end = begin;
            }

            window = window[..end];
        }
    }

    private static int LastNewline(byte[] window, int end) => window.AsSpan(0, end).LastIndexOf((byte)'\n');

    private static BackwardLine Parse(ReadOnlySpan<byte> line, long offset) =>
        LogRecord.TryParse(line, out LogRecord record)
            ? new BackwardLine(offset, record.Stream, record.IsPartial)
            : new BackwardLine(offset, null, false);
}
