using System.Runtime.CompilerServices;
using Engine.Core.Containers;
using Engine.Core.Containers.Lifecycle;
using Engine.Linux.Logs;
using Microsoft.Win32.SafeHandles;

namespace Engine.Core.Logs;

/// <summary>
/// Reads what a container has written, and follows what it goes on to write. The monitor writes the log and this reads
/// it: a reader that stalls holds up nobody, and an engine that was restarted has missed nothing.
/// </summary>
public sealed class ReadContainerLog
{
    private readonly ContainerStore _store;
    private readonly EngineDirectories _directories;
    private readonly TimeProvider _time;

    internal ReadContainerLog(ContainerStore store, EngineDirectories directories, TimeProvider time)
    {
        _store = store;
        _directories = directories;
        _time = time;
    }

    /// <summary>
    /// Opens the log. What is written after this has completed is read, even if the container is removed as soon as it
    /// has ended: a caller can open the log first and start the container then.
    /// </summary>
    /// <returns>The entries in order, in batches of at most about 64 KiB.</returns>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ContainerNotFound"/>, <see cref="EngineErrorReason.InvalidFilter"/>.
    /// </exception>
    public async Task<IAsyncEnumerable<IReadOnlyList<ContainerLogEntry>>> OpenAsync(
        string reference, ContainerLogQuery query, CancellationToken cancellationToken)
    {
        if (query.Tail < 0)
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidFilter,
                $"Tail: {query.Tail} is not a number of lines.");
        }

        var entry = _store.Resolve(reference);
        using var held = await entry.LockAsync(cancellationToken).ConfigureAwait(false);
        var file = Open(entry.Id, query.Follow);
        // A container that has not been started yet is followed through the run to come.
        var end = !query.Follow ? null : entry.Wait(
            entry.Record.State == ContainerState.Created ? ContainerWaitCondition.NextExit : ContainerWaitCondition.NotRunning);
        return ReadAsync(file, query, end, () => Forget(entry, end), CancellationToken.None);
    }

    private static void Forget(ContainerEntry entry, ContainerWait? end)
    {
        if (end is not null)
        {
            entry.Forget(end);
        }
    }

    /// <summary>Opens the file, which a follower makes if it is not there yet: the monitor will append to it.</summary>
    private SafeFileHandle? Open(string id, bool follow)
    {
        var path = ContainerPaths.Log(_directories, id);
        if (follow)
        {
            BundleDirectory.Create(ContainerPaths.Bundle(_directories, id));
            BundleDirectory.TouchPrivate(path);
        }

        return File.Exists(path) ? File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete) : null;
    }

    private async IAsyncEnumerable<IReadOnlyList<ContainerLogEntry>> ReadAsync(
        SafeFileHandle? file, ContainerLogQuery query, ContainerWait? end, Action forget,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (file is null)
        {
            yield break;
        }

        using var closing = file;
        try
        {
            var options = new LogReadOptions
            {
                Tail = query.Tail,
                Completed = end is null ? null : EndAsync(end, query.Until, cancellationToken),
            };
            var batches = new LogBatches(query);
            await foreach (var records in ContainerLog.ReadAsync(file, options, cancellationToken).ConfigureAwait(false))
            {
                foreach (var batch in batches.Of(records))
                {
                    yield return batch;
                }

                if (batches.IsPastEnd)
                {
                    yield break;
                }
            }
        }
        finally
        {
            forget();
        }
    }

    /// <summary>Completes when the container has ended or is gone, or at the time until which lines are wanted.</summary>
    private async Task EndAsync(ContainerWait end, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var ended = end.Completion(cancellationToken);
        if (until is { } time)
        {
            var remaining = time - _time.GetUtcNow();
            // Task.Delay takes at most about 49 days, longer than anybody follows a log.
            if (remaining.TotalMilliseconds < int.MaxValue)
            {
                var limit = Task.Delay(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, _time, cancellationToken);
                await Task.WhenAny(ended, limit).ConfigureAwait(false);
                return;
            }
        }

        await ((Task)ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
