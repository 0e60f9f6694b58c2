using CsCheck;

namespace Engine.Oci.Tests.References;

/// <summary>Random references of the grammar, and text that is near it.</summary>
internal static class ReferenceGenerators
{
    private static readonly Gen<string> s_word = Gen.Char["abcz019"].Array[1, 4].Select(chars => new string(chars));

    private static readonly Gen<string> s_component =
        Gen.Select(s_word, Gen.OneOf(".", "_", "__", "-", "---", ""), s_word, (a, separator, b) => a + separator + b);

    private static readonly Gen<string> s_domain = Gen.Frequency(
        (3, Gen.Const("")),
        (1, Gen.OneOf("docker.io/", "index.docker.io/", "localhost/", "localhost:5000/", "[::1]/", "[2001:db8::1]:443/")),
        (2, Gen.Select(s_word, s_word, Gen.OneOf("", ":5000"), (a, b, port) => $"{a}.{b.ToUpperInvariant()}{port}/")));

    private static readonly Gen<string> s_tag = Gen.Frequency(
        (1, Gen.Const("")), (2, Gen.Char["aZ09_"].Array[1, 9].Select(chars => ":" + new string(chars) + ".-x")));

    private static readonly Gen<string> s_digest = Gen.Frequency(
        (2, Gen.Const("")), (1, Gen.Byte.Array.Select(content => "@" + Digest.Compute(content))),
        (1, Gen.Byte.Array.Select(content => "@" + Digest.Compute(content, DigestAlgorithm.Sha512))));

    public static Gen<string> Valid { get; } = Gen.Select(
        s_domain, s_component.Array[1, 4], s_tag, s_digest, (domain, path, tag, digest) => domain + string.Join('/', path) + tag + digest);

    public static Gen<string> NearlyValid { get; } = Gen.Char["aZ0._-/:@[]f \n"].Array[0, 24].Select(chars => new string(chars));
}
