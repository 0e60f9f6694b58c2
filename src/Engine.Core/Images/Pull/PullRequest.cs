using Engine.Oci.Platforms;
using Engine.Oci.References;

namespace Engine.Core.Images.Pull;

/// <summary>A pull whose settings were read and checked, before anybody was asked.</summary>
/// <param name="Reference">What to pull: with a tag or a digest, or with neither for all tags.</param>
/// <param name="Platform">The platform that was asked for; null for what suits the host best.</param>
/// <param name="Policy">When to ask the registry.</param>
/// <param name="Credential">Who asks.</param>
internal sealed record PullRequest(
    ImageReference Reference, Platform? Platform, PullPolicy Policy, RegistryCredential? Credential)
{
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidReference"/>, <see cref="EngineErrorReason.InvalidPlatform"/>.
    /// </exception>
    public static PullRequest Of(ImagePull pull)
    {
        var reference = ImageReference.Parse(pull.Reference, pull.AllTags ? null : ImageReference.DefaultTag);
        if (pull.AllTags && !reference.IsNameOnly)
        {
            throw Invalid($"'{pull.Reference}' names one image. Leave out the tag and the digest to pull all tags.");
        }

        if (reference.Familiar is "scratch" or "scratch:latest")
        {
            throw Invalid("'scratch' is reserved: it means no image at all, and cannot be pulled.");
        }

        return new PullRequest(
            reference, pull.Platform is null ? null : Platform.Parse(pull.Platform), pull.Policy, pull.Credential);

        EngineException Invalid(string message) =>
            new(EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidReference, message, pull.Reference);
    }
}
