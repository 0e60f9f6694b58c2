using Engine.Oci.References;

namespace Engine.Core.Images;

/// <summary>Reads the references that people give to images.</summary>
internal static class TagReference
{
    /// <summary>A reference by tag, in its normal form.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidReference"/>.</exception>
    public static string Parse(string text)
    {
        var reference = ImageReference.Parse(text);
        if (reference.Digest is not null)
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidReference,
                $"'{text}' has a digest, which only a registry gives. Leave out what follows the '@'.", text);
        }

        // Docker reserves it for 'FROM scratch': an image of that name could never be built upon.
        return reference.Familiar == "scratch:latest"
            ? throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidReference,
                "'scratch' is reserved: it means no image at all. Choose another name.", text)
            : reference.ToString();
    }
}
