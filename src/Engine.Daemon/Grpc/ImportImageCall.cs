using System.Threading.Channels;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <summary>One import: an archive comes in while progress goes out, and at the end the images that it held.</summary>
internal sealed class ImportImageCall(
    IAsyncStreamReader<Wire.ImportImageRequest> requests, IServerStreamWriter<Wire.ImportImageResponse> responses)
{
    // A slow reader of progress misses some of it; the import waits for nobody.
    private readonly Channel<ImageProgress> _progress = Channel.CreateBounded<ImageProgress>(
        new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>The operation that imports.</summary>
    public delegate Task<IReadOnlyList<ContainerImage>> Operation(
        Stream archive, ImageImport import, IProgress<ImageProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Runs the call.</summary>
    public async Task RunAsync(Operation operation, CancellationToken cancellationToken)
    {
        // A failure to write progress ends the import, and an import that failed ends the writing of progress.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var import = await ReadHeaderAsync(ends.Token);
        var work = ImportAsync(operation, import, ends.Token);
        try
        {
            await responses.WriteAllAsync(
                ct => _progress.Reader.ReadAllAsync(ct),
                progress => new Wire.ImportImageResponse { Progress = progress.ToWire() },
                ends.Token);
        }
        catch
        {
            await ends.CancelAsync();
            await Task.WhenAny(work);
            throw;
        }

        foreach (var image in await work)
        {
            await responses.WriteAsync(new Wire.ImportImageResponse { Image = image.ToWire() }, cancellationToken);
        }
    }

    private async Task<ImageImport> ReadHeaderAsync(CancellationToken cancellationToken) =>
        await requests.MoveNext(cancellationToken)
            && requests.Current is { PartCase: Wire.ImportImageRequest.PartOneofCase.Header, Header: { } header }
            ? header.ToModel()
            : throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidMessage,
                "The first message of an import must hold its header.");

    private async Task<IReadOnlyList<ContainerImage>> ImportAsync(
        Operation operation, ImageImport import, CancellationToken cancellationToken)
    {
        try
        {
            await using var archive = new ChunkStream(requests, cancellationToken);
            return await operation(archive, import, new ProgressWriter(_progress.Writer), cancellationToken);
        }
        finally
        {
            _progress.Writer.Complete();
        }
    }
}
