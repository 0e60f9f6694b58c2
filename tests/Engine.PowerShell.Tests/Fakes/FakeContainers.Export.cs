using Engine.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Commands.Tests;

internal sealed partial class FakeContainers
{
    public override async Task ExportContainer(
        Wire.ExportContainerRequest request,
        IServerStreamWriter<Wire.ExportContainerResponse> responseStream,
        ServerCallContext context)
    {
        engine.Find(request.Container);
        foreach (byte[] chunk in engine.Exported)
        {
            await responseStream.WriteAsync(new Wire.ExportContainerResponse { Chunk = ByteString.CopyFrom(chunk) });
            engine.Sent++;
        }

        await engine.EnterAsync("ExportContainer", Name(request.Container), context.CancellationToken);
        if (engine.ExportFailure is { } failure)
        {
            throw failure.ToRpcException();
        }
    }
}
