namespace Engine.Oci.References;

/// <summary>
/// The short form of a repository's name: without <c>docker.io/</c>, and without <c>library/</c> before a single name.
/// </summary>
internal static class FamiliarForm
{
    public static string Of(ImageReference reference)
    {
        if (reference.Domain != ImageReference.DefaultDomain)
        {
            return reference.Repository;
        }

        string path = reference.Path;
        if (path.StartsWith(ImageReference.OfficialPrefix, StringComparison.Ordinal)
            && path.IndexOf('/', ImageReference.OfficialPrefix.Length) < 0)
        {
            path = path[ImageReference.OfficialPrefix.Length..];
        }

        // docker.io/example.com/app shortened would read back as another registry's image. Docker shortens it all the
        // same; a name that means something else when it is typed again is worse than a long one.
        return ReferenceParser.SplitDomain(path) == (reference.Domain, reference.Path) && !ReferenceGrammar.IsIdentifier(path)
            ? path
            : reference.Repository;
    }
}
