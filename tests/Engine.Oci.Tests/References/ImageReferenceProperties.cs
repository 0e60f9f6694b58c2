using CsCheck;
using Engine.Oci.References;

namespace Engine.Oci.Tests.References;

public sealed class ImageReferenceProperties
{
    [Fact]
    public void Parsing_what_was_printed_gives_it_back() => ReferenceGenerators.Valid.Sample(text =>
    {
        ImageReference reference = ImageReference.Parse(text);
        return ImageReference.Parse(reference.ToString()) == reference && ImageReference.Parse(reference.Familiar) == reference;
    });

    [Fact]
    public void Normalising_twice_is_normalising_once() => ReferenceGenerators.Valid.Sample(text =>
    {
        string once = ImageReference.Parse(text).ToString();
        return ImageReference.Parse(once).ToString() == once;
    });

    [Fact]
    public void Whatever_is_accepted_keeps_to_dockers_regular_expression() =>
        Gen.OneOf(ReferenceGenerators.NearlyValid, ReferenceGenerators.Valid, Gen.String).Sample(text =>
        {
            bool accepted = ImageReference.TryParse(text, out ImageReference? reference);
            return accepted == DockerGrammar.Accepts(text)
                && (!accepted || ImageReference.Parse(reference!.ToString()) == reference);
        }, iter: 20_000);
}
