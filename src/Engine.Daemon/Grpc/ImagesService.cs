using Engine.Core.Images;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <summary>engine.v1.Images: forwards to the operations, and nothing else.</summary>
internal sealed class ImagesService(
    ImportImage import, ListImages list, GetImage get, TagImage tag, RemoveImage remove) : Wire.Images.ImagesBase
{
    /// <inheritdoc/>
    public override Task ImportImage(
        IAsyncStreamReader<Wire.ImportImageRequest> requestStream,
        IServerStreamWriter<Wire.ImportImageResponse> responseStream,
        ServerCallContext context) =>
        new ImportImageCall(requestStream, responseStream).RunAsync(import.HandleAsync, context.CancellationToken);

    /// <inheritdoc/>
    public override Task ListImages(
        Wire.ListImagesRequest request,
        IServerStreamWriter<Wire.ListImagesResponse> responseStream,
        ServerCallContext context) =>
        responseStream.WriteAllAsync(
            ct => list.HandleAsync(request.Filter.ToModel(), ct),
            image => new() { Image = image.ToWire() },
            context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<Wire.GetImageResponse> GetImage(Wire.GetImageRequest request, ServerCallContext context)
    {
        var platform = request.HasPlatform ? request.Platform : null;
        var image = await get.HandleAsync(request.Image, platform, context.CancellationToken);
        return new() { Image = image.ToWire() };
    }

    /// <inheritdoc/>
    public override async Task<Wire.TagImageResponse> TagImage(Wire.TagImageRequest request, ServerCallContext context)
    {
        await tag.HandleAsync(request.Image, request.Reference, context.CancellationToken);
        return new();
    }

    /// <inheritdoc/>
    public override async Task<Wire.RemoveImageResponse> RemoveImage(
        Wire.RemoveImageRequest request, ServerCallContext context) =>
        (await remove.HandleAsync(request.Image, request.Force, context.CancellationToken)).ToWire();
}
