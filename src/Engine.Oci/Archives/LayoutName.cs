using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Oci.Archives;

/// <summary>
/// What an index calls an image. containerd and Docker write the whole reference in an annotation of their own; the
/// standard one holds a whole reference or, as the specification's examples and umoci have it, a tag alone.
/// </summary>
internal sealed record LayoutName(ImageReference? Reference, string? Tag)
{
    public static LayoutName Of(Descriptor entry)
    {
        if (ImageReference.TryParse(entry.Annotation(MediaTypes.ContainerdNameAnnotation), out ImageReference? whole))
        {
            return new LayoutName(whole, null);
        }

        string? name = entry.Annotation(MediaTypes.RefNameAnnotation);
        if (name is null)
        {
            return new LayoutName(null, null);
        }

        // A name that could be either is a tag: nothing else is customary without a colon or a slash.
        if (ReferenceGrammar.IsTag(name))
        {
            return new LayoutName(null, name);
        }

        return ImageReference.TryParse(name, out ImageReference? reference)
            ? new LayoutName(reference, null)
            : throw ArchiveFault.Invalid(
                $"'{Shown.Text(name)}' in its index is neither a reference nor a tag", Shown.Text(name));
    }
}
