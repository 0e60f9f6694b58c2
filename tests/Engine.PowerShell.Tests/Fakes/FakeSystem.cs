using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Commands.Tests;

internal sealed partial class FakeSystem(FakeEngine engine) : Wire.System.SystemBase
{
    public override async Task<Wire.GetInfoResponse> GetInfo(Wire.GetInfoRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Info", "", context.CancellationToken);
        return new Wire.GetInfoResponse { Id = "fake", Name = "here", Version = "9.9", ApiVersion = "engine.v1" };
    }

    public override async Task WatchEvents(
        Wire.WatchEventsRequest request,
        IServerStreamWriter<Wire.WatchEventsResponse> responseStream,
        ServerCallContext context)
    {
        engine.Watched = request.ToModel();
        await context.WriteResponseHeadersAsync([]);
        var happened = new EngineEvent
        {
            Time = DateTimeOffset.UnixEpoch,
            Type = EngineEventType.Container,
            Action = "die",
            Id = "01",
            Name = "web",
            Attributes = new Dictionary<string, string> { ["exitCode"] = "7" },
        };
        await responseStream.WriteAsync(new Wire.WatchEventsResponse { Event = happened.ToWire() });
        await engine.EnterAsync("Watch", "", context.CancellationToken);
    }

    public override async Task<Wire.ShutdownResponse> Shutdown(Wire.ShutdownRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Shutdown", "", context.CancellationToken);
        return new Wire.ShutdownResponse();
    }
}
