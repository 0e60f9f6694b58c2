using Engine.Core.Containers;
using Engine.Core.Images;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <summary>engine.v1.Images: forwards to the operations, and nothing else.</summary>
internal sealed partial class ImagesService(
    ImportImage import, ExportImages export, ListImages list, GetImage get, GetImageHistory history, TagImage tag,
    RemoveImage remove, PruneImages prune, CommitContainer commit, PullImage pull, PushImage push)
    : Wire.Images.ImagesBase
{
    /// <inheritdoc/>
    public override Task ImportImage(
        IAsyncStreamReader<Wire.ImportImageRequest> requestStream,
        IServerStreamWriter<Wire.ImportImageResponse> responseStream,
        ServerCallContext context) =>
        new ImportImageCall(requestStream, responseStream).RunAsync(import.HandleAsync, context.CancellationToken);

    /// <inheritdoc/>
    public override Task ExportImages(
        Wire.ExportImagesRequest request,
        IServerStreamWriter<Wire.ExportImagesResponse> responseStream,
        ServerCallContext context) =>
        new ExportImagesCall(responseStream).RunAsync(export.HandleAsync, request.ToModel(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task ListImages(
        Wire.ListImagesRequest request,
        IServerStreamWriter<Wire.ListImagesResponse> responseStream,
        ServerCallContext context) =>
        responseStream.WriteAllAsync(
            _ => list.Handle(request.Filter.ToModel()).ToAsyncEnumerable(),
            image => new() { Image = image.ToWire() },
            context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Wire.GetImageResponse> GetImage(Wire.GetImageRequest request, ServerCallContext context)
    {
        var image = get.Handle(request.Image, request.HasPlatform ? request.Platform : null);
        return Task.FromResult(new Wire.GetImageResponse { Image = image.ToWire() });
    }

    /// <inheritdoc/>
    public override Task<Wire.GetImageHistoryResponse> GetImageHistory(
        Wire.GetImageHistoryRequest request, ServerCallContext context)
    {
        var entries = history.Handle(request.Image, request.HasPlatform ? request.Platform : null);
        return Task.FromResult(new Wire.GetImageHistoryResponse { Entries = { entries.Select(entry => entry.ToWire()) } });
    }

    /// <inheritdoc/>
    public override async Task<Wire.CommitContainerResponse> CommitContainer(
        Wire.CommitContainerRequest request, ServerCallContext context)
    {
        var image = await commit.HandleAsync(request.ToModel(), context.CancellationToken);
        return new() { Image = image.ToWire() };
    }

    /// <inheritdoc/>
    public override Task<Wire.TagImageResponse> TagImage(Wire.TagImageRequest request, ServerCallContext context)
    {
        tag.Handle(request.Image, request.Reference);
        return Task.FromResult(new Wire.TagImageResponse());
    }

    /// <inheritdoc/>
    public override async Task<Wire.RemoveImageResponse> RemoveImage(
        Wire.RemoveImageRequest request, ServerCallContext context) =>
        (await remove.HandleAsync(
            request.Image, request.Force, request.NoPrune, request.HasPlatform ? request.Platform : null,
            context.CancellationToken)).ToWire();

    /// <inheritdoc/>
    public override Task PruneImages(
        Wire.PruneImagesRequest request,
        IServerStreamWriter<Wire.PruneImagesResponse> responseStream,
        ServerCallContext context) =>
        responseStream.WriteAllAsync(
            stop => prune.HandleAsync(request.ToModel(), stop), item => new() { Item = item.ToWire() },
            context.CancellationToken);
}
