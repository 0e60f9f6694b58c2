using Engine.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Commands.Tests;

internal sealed partial class FakeImages
{
    public override async Task PullImage(
        Wire.PullImageRequest request, IServerStreamWriter<Wire.PullImageResponse> responseStream, ServerCallContext context)
    {
        engine.Pulled = request;
        foreach (ImageProgress progress in engine.Progress)
        {
            await responseStream.WriteAsync(new Wire.PullImageResponse { Progress = progress.ToWire() });
        }

        foreach (string warning in engine.Warnings)
        {
            await responseStream.WriteAsync(new Wire.PullImageResponse { Warning = warning });
        }

        await engine.EnterAsync("Pull", request.Reference, context.CancellationToken);
        foreach (string tag in request.AllTags ? [":1", ":2"] : new[] { "" })
        {
            await responseStream.WriteAsync(
                new Wire.PullImageResponse { Image = engine.AddImage(request.Reference + tag) });
        }
    }

    public override async Task PushImage(
        Wire.PushImageRequest request, IServerStreamWriter<Wire.PushImageResponse> responseStream, ServerCallContext context)
    {
        engine.Pushed = request;
        foreach (ImageProgress progress in engine.Progress)
        {
            await responseStream.WriteAsync(new Wire.PushImageResponse { Progress = progress.ToWire() });
        }

        await engine.EnterAsync("Push", request.Reference, context.CancellationToken);
        await responseStream.WriteAsync(new Wire.PushImageResponse
        {
            Pushed = new Wire.PushedImage { Reference = request.Reference, Digest = $"sha256:{new string('d', 64)}", Size = 7 },
        });
    }

    public override async Task ExportImages(
        Wire.ExportImagesRequest request,
        IServerStreamWriter<Wire.ExportImagesResponse> responseStream,
        ServerCallContext context)
    {
        engine.Export = request.ToModel();
        foreach (byte[] chunk in engine.Exported)
        {
            await responseStream.WriteAsync(new Wire.ExportImagesResponse { Chunk = ByteString.CopyFrom(chunk) });
        }

        await engine.EnterAsync("Export", string.Join(",", request.Images), context.CancellationToken);
        if (engine.ExportFailure is { } failure)
        {
            throw failure.ToRpcException();
        }
    }

    public override async Task<Wire.CommitContainerResponse> CommitContainer(
        Wire.CommitContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Commit", request.Container, context.CancellationToken);
        engine.Find(request.Container);
        engine.Commit = request.ToModel();
        return new Wire.CommitContainerResponse
        {
            Image = engine.AddImage(request.HasReference ? [request.Reference] : []),
        };
    }

    public override async Task<Wire.GetImageHistoryResponse> GetImageHistory(
        Wire.GetImageHistoryRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("History", request.Image, context.CancellationToken);
        Wire.Image image = Find(request.Image);
        ImageHistoryEntry[] entries =
        [
            new() { Id = image.Id, CreatedAt = DateTimeOffset.UnixEpoch, CreatedBy = "/bin/sh -c #(nop)  CMD [\"sh\"]" },
            new() { CreatedBy = "/bin/sh -c  apk add \\\n  curl", Size = 4_404_019, Layer = $"sha256:{new string('c', 64)}" },
        ];
        return new Wire.GetImageHistoryResponse { Entries = { entries.Select(e => e.ToWire()) } };
    }

    public override async Task PruneImages(
        Wire.PruneImagesRequest request, IServerStreamWriter<Wire.PruneImagesResponse> responseStream, ServerCallContext context)
    {
        await engine.EnterAsync("Prune", request.DryRun ? "dry" : "", context.CancellationToken);
        engine.Prune = request.ToModel();
        foreach (PrunedItem item in engine.Prunable)
        {
            await responseStream.WriteAsync(new Wire.PruneImagesResponse { Item = item.ToWire() });
        }
    }
}
