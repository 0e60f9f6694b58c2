using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Engine.Linux.Logs;

/// <summary>Reads a container's log file.</summary>
public static class ContainerLog
{
    private const int FirstSize = 256 * 1024;

    /// <summary>A record of conmon's is 8 KiB at most; a line longer than this is no record and is passed over.</summary>
    private const int LargestSize = 4 << 20;

    /// <summary>
    /// Reads in chunks of whole records, for <see cref="LogRecord.TryRead"/>. A chunk is valid until the next one is asked
    /// for. A log that is not there is empty.
    /// </summary>
    /// <param name="path">The log file.</param>
    /// <param name="options">How much of it, and whether to follow it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        string path, LogReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Completed is { } completed && !File.Exists(path))
        {
            await completed.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (!File.Exists(path))
        {
            yield break;
        }

        using SafeFileHandle file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        await foreach (ReadOnlyMemory<byte> records in ReadAsync(file, options, cancellationToken).ConfigureAwait(false))
        {
            yield return records;
        }
    }

    /// <summary>
    /// The same for a log that is open already: it is read to its end even if its file is removed meanwhile.
    /// </summary>
    /// <param name="file">The log; it stays open.</param>
    /// <param name="options">How much of it, and whether to follow it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        SafeFileHandle file, LogReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);

        // The watch begins before the first look at the length, so that no growth goes unseen. A descriptor's link in
        // proc(5) leads to the file itself, whether it still has a name or not.
        using FileGrowth? growth = options.Completed is null ? null : FileGrowth.Watch($"/proc/self/fd/{file.DangerousGetHandle()}");
        long length = RandomAccess.GetLength(file);
        LogTail? tail = options.Tail is { } lines ? LogTail.Find(file, length, lines) : null;
        LogChunk chunk = new(tail, tail?.Start ?? 0, FirstSize, LargestSize);
        while (true)
        {
            // Asked before reading: what was written before the end was announced is then surely read.
            bool last = options.Completed is null or { IsCompleted: true };
            while (chunk.Fill(file))
            {
                ReadOnlyMemory<byte> records = chunk.TakeRecords();
                if (!records.IsEmpty)
                {
                    yield return records;
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }

            if (last)
            {
                yield break;
            }

            await growth!.WaitAsync(options.Completed!, cancellationToken).ConfigureAwait(false);
        }
    }
}
