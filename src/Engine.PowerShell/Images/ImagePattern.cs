using System.Management.Automation;

namespace Engine.Commands;

/// <summary>A wildcard for images: it matches a whole reference, or what stands before its tag.</summary>
internal sealed class ImagePattern(string wildcard)
{
    private readonly WildcardPattern _pattern = WildcardPattern.Get(wildcard, WildcardOptions.IgnoreCase);

    public bool IsMatch(ContainerImage image) => image.References.Any(IsMatch);

    public bool IsMatch(string reference)
    {
        int colon = reference.LastIndexOf(':');
        return _pattern.IsMatch(reference)
            || (colon > reference.LastIndexOf('/') && _pattern.IsMatch(reference[..colon]));
    }
}
