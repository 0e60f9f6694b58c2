using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

public sealed partial class PushImage
{
    [LoggerMessage(322, LogLevel.Information, "Pushed {Reference} as {Digest}, {Bytes} bytes in all")]
    private static partial void Pushed(ILogger logger, string reference, string digest, long bytes);
}
