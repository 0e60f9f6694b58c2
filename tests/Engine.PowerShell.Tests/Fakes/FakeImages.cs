using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Commands.Tests;

internal sealed partial class FakeImages(FakeEngine engine) : Wire.Images.ImagesBase
{
    public override async Task ImportImage(
        IAsyncStreamReader<Wire.ImportImageRequest> requestStream,
        IServerStreamWriter<Wire.ImportImageResponse> responseStream,
        ServerCallContext context)
    {
        await requestStream.MoveNext(context.CancellationToken);
        Wire.ImportImageHeader header = requestStream.Current.Header;
        await engine.EnterAsync("Import", string.Join(",", header.References), context.CancellationToken);
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            Assert.InRange(requestStream.Current.Chunk.Length, 1, 1024 * 1024);
            requestStream.Current.Chunk.WriteTo(engine.Imported);
            var progress = new ImageProgress("layer", "Unpacking", engine.Imported.Length, header.HasLength ? header.Length : null);
            await responseStream.WriteAsync(new Wire.ImportImageResponse { Progress = progress.ToWire() });
        }

        await responseStream.WriteAsync(new Wire.ImportImageResponse { Image = engine.AddImage([.. header.References]) });
    }

    public override async Task ListImages(
        Wire.ListImagesRequest request,
        IServerStreamWriter<Wire.ListImagesResponse> responseStream,
        ServerCallContext context)
    {
        await engine.EnterAsync("ListImages", "", context.CancellationToken);
        foreach (Wire.Image image in engine.Images.Values.OrderBy(i => i.Id))
        {
            await responseStream.WriteAsync(new Wire.ListImagesResponse { Image = image });
        }
    }

    public override async Task<Wire.GetImageResponse> GetImage(Wire.GetImageRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("GetImage", request.Image, context.CancellationToken);
        return new Wire.GetImageResponse { Image = Find(request.Image) };
    }

    public override async Task<Wire.TagImageResponse> TagImage(Wire.TagImageRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Tag", $"{request.Image} {request.Reference}", context.CancellationToken);
        Find(request.Image).References.Add(request.Reference);
        return new Wire.TagImageResponse();
    }

    public override async Task<Wire.RemoveImageResponse> RemoveImage(
        Wire.RemoveImageRequest request, ServerCallContext context)
    {
        string how = (request.NoPrune ? " no-prune" : "") + (request.HasPlatform ? $" {request.Platform}" : "");
        await engine.EnterAsync("RemoveImage", request.Image + how, context.CancellationToken);
        return new Wire.RemoveImageResponse { Untagged = { request.Image }, SpaceReclaimed = 5 };
    }

    private Wire.Image Find(string reference) =>
        engine.Images.Values.FirstOrDefault(i => i.Id == reference || i.References.Contains(reference))
            ?? throw new EngineException(
                EngineErrorCode.NotFound, EngineErrorReason.ImageNotFound, $"No image '{reference}'.", reference)
                .ToRpcException();
}
