using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

public sealed partial class ImportImage
{
    [LoggerMessage(307, LogLevel.Information, "Imported {Image} as {References}")]
    private static partial void Imported(ILogger logger, string image, string references);
}
