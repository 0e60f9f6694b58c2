using Microsoft.Win32.SafeHandles;

namespace Engine.Linux.Logs;

/// <summary>
/// Where the last lines of a log begin, for each stream: records of the two are interleaved, and a line of one may be in
/// pieces between lines of the other.
/// </summary>
/// <param name="Output">Records of standard output count from this offset on.</param>
/// <param name="Error">Records of standard error count from this offset on.</param>
internal readonly record struct LogTail(long Output, long Error)
{
    /// <summary>
    /// How far before the last line that was asked for its first piece is looked for. Only one stream writing this much
    /// between two pieces of a line of the other gets it cut.
    /// </summary>
    private const long LongestSearch = 16 << 20;

    /// <summary>Where the first record of either is.</summary>
    internal long Start => Math.Min(Output, Error);

    internal long StartOf(LogStream stream) => stream == LogStream.Output ? Output : Error;

    /// <summary>Reads a log backwards from its end until enough lines are found.</summary>
    internal static LogTail Find(SafeFileHandle file, long length, long lines)
    {
        Side output = new(length);
        Side error = new(length);
        long missing = lines;
        long enough = lines > 0 ? -1 : length;
        foreach (BackwardLine line in BackwardLines.Read(file, length))
        {
            if (missing == 0 && ((output.IsSettled && error.IsSettled) || enough - line.Offset > LongestSearch))
            {
                break;
            }

            if (line.Stream is { } stream)
            {
                (stream == LogStream.Output ? output : error).Take(line, ref missing);
                enough = missing == 0 && enough < 0 ? line.Offset : enough;
            }
        }

        return new LogTail(output.Start, error.Start);
    }

    private sealed class Side(long end)
    {
        private bool _seen;
        private bool _chosen;
        private bool _complete;

        internal long Start { get; private set; } = end;

        /// <summary>The beginning of its first chosen line is found, or none of its lines is chosen.</summary>
        internal bool IsSettled => !_chosen || _complete;

        internal void Take(BackwardLine line, ref long missing)
        {
            // Going backwards, a full record ends a line; so does the very last record, full or not.
            bool endsLine = !line.IsPartial || !_seen;
            _seen = true;
            if (!endsLine)
            {
                Start = _chosen && !_complete ? line.Offset : Start;
            }
            else if (missing > 0)
            {
                missing--;
                _chosen = true;
                Start = line.Offset;
            }
            else
            {
                _complete = true;
            }
        }
    }
}
