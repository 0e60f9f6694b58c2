using System.Threading.Channels;

namespace Engine.Daemon.Grpc;

/// <summary>Hands progress on, in order and without waiting; <see cref="Progress{T}"/> would go through the thread pool.</summary>
internal sealed class ProgressWriter(ChannelWriter<ImageProgress> writer) : IProgress<ImageProgress>
{
    /// <inheritdoc/>
    public void Report(ImageProgress value) => writer.TryWrite(value);
}
