using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

public sealed partial class PullImage
{
    [LoggerMessage(
        320, LogLevel.Information, "Pulled {Reference}: image {Image}, served as {Digest}, in {Milliseconds} ms")]
    private static partial void Pulled(
        ILogger logger, string reference, string image, string digest, long milliseconds);

    [LoggerMessage(321, LogLevel.Warning, "{Reference} was not pulled with the other tags: {Fault}")]
    private static partial void TagFailed(ILogger logger, string reference, string fault);
}
