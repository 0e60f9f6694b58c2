using Engine.Oci.Platforms;

namespace Engine.Core.Images.Import;

/// <summary>An import whose settings were read and checked, before the first byte of the archive was.</summary>
/// <param name="References">References to give to what comes, in the normal form.</param>
/// <param name="Platform">The platform to take; null for all, or the host's.</param>
/// <param name="Changes">Instructions for the configuration of a root file system; those are checked already.</param>
/// <param name="Message">The comment on the layer of a root file system.</param>
internal sealed record ImportRequest(
    IReadOnlyList<string> References, Platform? Platform, IReadOnlyList<string> Changes, string Message)
{
    public static ImportRequest Of(ImageImport import)
    {
        var request = new ImportRequest(
            [.. import.References.Select(TagReference.Parse).Distinct()],
            import.Platform is null ? null : Platform.Parse(import.Platform),
            import.Changes,
            import.Message);

        // Better now than after gigabytes were read.
        _ = Engine.Core.Images.Changes.ConfigurationChanges.Apply(import.Changes);
        return request;
    }
}
