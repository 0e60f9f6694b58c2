using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Commands.Tests;

internal sealed partial class FakeSystem
{
    public override async Task CheckStore(
        Wire.CheckStoreRequest request, IServerStreamWriter<Wire.CheckStoreResponse> responseStream, ServerCallContext context)
    {
        for (int i = 0; i <= 4; i++)
        {
            var progress = new Wire.StoreCheckProgress { Item = $"sha256:{i}", Current = i, Total = 4 };
            await responseStream.WriteAsync(new Wire.CheckStoreResponse { Progress = progress });
        }

        await engine.EnterAsync("Check", request.Repair ? "repair" : "", context.CancellationToken);
        foreach (StoreFinding finding in engine.Findings)
        {
            StoreFinding found = finding with { Repaired = request.Repair };
            await responseStream.WriteAsync(new Wire.CheckStoreResponse { Finding = found.ToWire() });
        }
    }
}
