namespace Engine.Core.Images.Pull;

/// <summary>
/// What was read of an arriving blob is not the blob: it comes anew, or not at all. Never seen outside of a pull.
/// </summary>
internal sealed class BlobRestartedException(Exception? cause = null)
    : Exception("The content did not arrive whole.", cause);
