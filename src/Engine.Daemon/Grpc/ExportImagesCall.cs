using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <summary>One export: the archive goes out, and between its chunks how far it is.</summary>
internal sealed class ExportImagesCall(IServerStreamWriter<Wire.ExportImagesResponse> responses)
{
    /// <summary>The operation that exports.</summary>
    public delegate Task Operation(
        ImageExport export, Stream destination, IProgress<ImageProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Runs the call.</summary>
    public async Task RunAsync(Operation operation, ImageExport export, CancellationToken cancellationToken)
    {
        await using var archive = new ChunkWriter<Wire.ExportImagesResponse>(
            responses, static chunk => new() { Chunk = chunk }, cancellationToken);
        await operation(export, archive, new Reporter(archive), cancellationToken);
        await archive.FlushAsync(cancellationToken);
    }

    private sealed class Reporter(ChunkWriter<Wire.ExportImagesResponse> archive) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value) => archive.Enqueue(new() { Progress = value.ToWire() });
    }
}
