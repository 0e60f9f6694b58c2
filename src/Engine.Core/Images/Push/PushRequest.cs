using Engine.Oci.Platforms;
using Engine.Oci.References;

namespace Engine.Core.Images.Push;

/// <summary>A push whose settings were read and checked, before anything was sent.</summary>
/// <param name="Reference">What to push and where to: with a tag, or without one for all tags.</param>
/// <param name="Platform">Of images for several platforms, only this one; null for all.</param>
/// <param name="Credential">Who sends.</param>
internal sealed record PushRequest(ImageReference Reference, Platform? Platform, RegistryCredential? Credential)
{
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidReference"/>, <see cref="EngineErrorReason.InvalidPlatform"/>.
    /// </exception>
    public static PushRequest Of(ImagePush push)
    {
        var reference = ImageReference.Parse(push.Reference, push.AllTags ? null : ImageReference.DefaultTag);
        if (reference.Digest is not null)
        {
            throw Invalid($"'{push.Reference}' has a digest, which a registry computes itself. Push a tag.");
        }

        if (push.AllTags && reference.Tag is not null)
        {
            throw Invalid($"'{push.Reference}' names one tag. Leave it out to push all tags of the repository.");
        }

        return new PushRequest(
            reference, push.Platform is null ? null : Platform.Parse(push.Platform), push.Credential);

        EngineException Invalid(string message) =>
            new(EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidReference, message, push.Reference);
    }
}
