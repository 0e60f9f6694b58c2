using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

public sealed partial class CheckStore
{
    [LoggerMessage(313, LogLevel.Warning, "Store check: {Fault} {Target}: {Finding} Repaired: {Repaired}")]
    private static partial void Found(
        ILogger logger, StoreFault fault, string target, string finding, bool repaired);
}
