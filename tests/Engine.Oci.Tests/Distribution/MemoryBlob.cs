using Engine.Oci.Distribution;

namespace Engine.Oci.Tests.Distribution;

/// <summary>A download's target in memory.</summary>
internal sealed class MemoryBlob(Digest digest, params byte[] there) : IBlobTarget
{
    private readonly List<byte> _content = [.. there];

    public byte[] Content => [.. _content];

    public int Restarts { get; private set; }

    /// <summary>What appending throws, as a full disk would.</summary>
    public Exception? Fault { get; init; }

    public long Length => _content.Count;

    public ValueTask AppendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        _content.AddRange(data.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask RestartAsync(CancellationToken cancellationToken)
    {
        Restarts++;
        _content.Clear();
        return ValueTask.CompletedTask;
    }

    public bool Verify() => digest.Matches(Content);
}
