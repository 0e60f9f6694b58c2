using System.Buffers;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;

namespace Engine.Core.Registries;

/// <summary>A blob that is looked at and thrown away: an image's configuration.</summary>
/// <param name="blob">What it is; its size has been checked.</param>
internal sealed class MemoryBlob(Descriptor blob) : IBlobTarget
{
    private readonly ArrayBufferWriter<byte> _content = new();

    /// <inheritdoc/>
    public long Length => _content.WrittenCount;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content => _content.WrittenMemory;

    /// <inheritdoc/>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        _content.Write(data.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RestartAsync(CancellationToken cancellationToken)
    {
        _content.ResetWrittenCount();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public bool Verify() => blob.Digest.Matches(Content.Span);
}
