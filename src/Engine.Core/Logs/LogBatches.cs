using Engine.Linux.Logs;

namespace Engine.Core.Logs;

/// <summary>Turns a log's records into entries, without those that were not asked for, in batches of a bounded size.</summary>
internal sealed class LogBatches(ContainerLogQuery query)
{
    /// <summary>How many bytes of content a batch holds: much for one message, little for the engine's memory.</summary>
    private const int BatchSize = 64 * 1024;

    /// <summary>How many entries a batch holds, however short they are.</summary>
    private const int BatchCount = 1024;

    /// <summary>True once a record lies after the last time that was asked for.</summary>
    public bool IsPastEnd { get; private set; }

    public IEnumerable<IReadOnlyList<ContainerLogEntry>> Of(ReadOnlyMemory<byte> records)
    {
        while (!IsPastEnd && Next(ref records) is { } batch)
        {
            if (batch.Count > 0)
            {
                yield return batch;
            }
        }
    }

    /// <summary>The next batch, perhaps empty; null when the records are used up.</summary>
    private List<ContainerLogEntry>? Next(ref ReadOnlyMemory<byte> records)
    {
        if (records.IsEmpty)
        {
            return null;
        }

        var batch = new List<ContainerLogEntry>();
        // The records' memory is overwritten by the next read: one copy holds the contents of the whole batch.
        var copy = new byte[Math.Min(records.Length, 2 * BatchSize)];
        var used = 0;
        var rest = records.Span;
        while (batch.Count < BatchCount && used < BatchSize)
        {
            var before = rest;
            if (!LogRecord.TryRead(ref rest, out var record))
            {
                rest = default;
                break;
            }

            var text = record.Text;
            if (used + text.Length > copy.Length)
            {
                if (used > 0)
                {
                    rest = before;
                    break;
                }

                copy = new byte[text.Length];
            }

            var time = record.Timestamp;
            if (time > query.Until)
            {
                IsPastEnd = true;
                break;
            }

            var stream = record.Stream == LogStream.Error ? ContainerStream.Error : ContainerStream.Output;
            if ((query.Streams.Count == 0 || query.Streams.Contains(stream)) && (query.Since is not { } since || time >= since))
            {
                text.CopyTo(copy.AsSpan(used));
                batch.Add(new ContainerLogEntry(time, stream, copy.AsMemory(used, text.Length), record.IsPartial));
                used += text.Length;
            }
        }

        records = records[(records.Length - rest.Length)..];
        return batch;
    }
}
