using Microsoft.Extensions.Logging;

namespace Engine.Core.Images.Content;

internal sealed partial class ContentCollector
{
    [LoggerMessage(300, LogLevel.Warning, "{Kind} {Id} could not be removed; the next start tries again")]
    private static partial void CannotCollect(ILogger logger, ContentKind kind, string id, Exception error);
}
