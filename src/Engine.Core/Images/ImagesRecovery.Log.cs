using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

public sealed partial class ImagesRecovery
{
    [LoggerMessage(303, LogLevel.Information, "Layer {Layer} was half unpacked or belongs to no image; it is removed")]
    private static partial void LayerDropped(ILogger logger, string layer);

    [LoggerMessage(
        304, LogLevel.Error, "Layer {Layer} is not on the disk any more; image {Image} is forgotten, import it again")]
    private static partial void LayerMissing(ILogger logger, string layer, string image);

    [LoggerMessage(
        305, LogLevel.Warning, "Blob {Blob} is not on the disk any more; its image runs, but cannot be exported")]
    private static partial void BlobMissing(ILogger logger, string blob);

    [LoggerMessage(306, LogLevel.Error, "The record of image {Image} cannot be read; it is left alone")]
    private static partial void Damaged(ILogger logger, string image, Exception error);
}
