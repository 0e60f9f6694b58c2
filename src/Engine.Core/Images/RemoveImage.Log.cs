using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

public sealed partial class RemoveImage
{
    [LoggerMessage(
        301, LogLevel.Information, "Removed {Image}: {References} references, {Images} images, {Bytes} bytes")]
    private static partial void Removed(ILogger logger, string image, int references, int images, long bytes);
}
