using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

public sealed partial class PruneImages
{
    [LoggerMessage(314, LogLevel.Information, "Image {Image} was pruned; {Bytes} bytes are free again")]
    private static partial void Pruned(ILogger logger, string image, long bytes);

    [LoggerMessage(312, LogLevel.Error, "The record of image {Image} cannot be read; check the store")]
    private static partial void Damaged(ILogger logger, string image, Exception error);
}
