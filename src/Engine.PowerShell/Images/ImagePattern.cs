using System.Management.Automation;

namespace Engine.Commands;

/// <summary>A wildcard for images: it matches a whole reference, or what stands before its tag.</summary>
internal sealed class ImagePattern(string wildcard)
{
    private readonly WildcardPattern _pattern = WildcardPattern.Get(wildcard, WildcardOptions.IgnoreCase);

    public bool IsMatch(ContainerImage image) => image.References.Any(IsMatch);

    public bool IsMatch(string reference) => _pattern.IsMatch(reference) || _pattern.IsMatch(Repository(reference));

    /// <summary>A reference without its tag. A colon before the last slash belongs to a registry's port.</summary>
    public static string Repository(string reference)
    {
        int colon = reference.LastIndexOf(':');
        return colon > reference.LastIndexOf('/') ? reference[..colon] : reference;
    }
}
