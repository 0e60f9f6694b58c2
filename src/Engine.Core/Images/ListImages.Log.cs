using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

public sealed partial class ListImages
{
    [LoggerMessage(
        302, LogLevel.Error, "The record of image {Image} cannot be read; the image is left out of the list")]
    private static partial void Damaged(ILogger logger, string image, Exception error);
}
