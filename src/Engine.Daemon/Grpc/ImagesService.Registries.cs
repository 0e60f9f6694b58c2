using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <content>What registries have to do with.</content>
internal sealed partial class ImagesService
{
    /// <inheritdoc/>
    public override Task PullImage(
        Wire.PullImageRequest request,
        IServerStreamWriter<Wire.PullImageResponse> responseStream,
        ServerCallContext context) =>
        new ProgressCall<ContainerImage, Wire.PullImageResponse>(responseStream)
        {
            OfProgress = progress => new() { Progress = progress.ToWire() },
            OfWarning = warning => new() { Warning = warning },
            OfResult = image => new() { Image = image.ToWire() },
        }.RunAsync(
            (progress, warning, ends) => pull.HandleAsync(request.ToModel(), progress, warning, ends),
            context.CancellationToken);

    /// <inheritdoc/>
    public override Task PushImage(
        Wire.PushImageRequest request,
        IServerStreamWriter<Wire.PushImageResponse> responseStream,
        ServerCallContext context) =>
        new ProgressCall<PushResult, Wire.PushImageResponse>(responseStream)
        {
            OfProgress = progress => new() { Progress = progress.ToWire() },
            OfWarning = warning => new() { Warning = warning },
            OfResult = pushed => new() { Pushed = pushed.ToWire() },
        }.RunAsync(
            (progress, warning, ends) => push.HandleAsync(request.ToModel(), progress, warning, ends),
            context.CancellationToken);
}
