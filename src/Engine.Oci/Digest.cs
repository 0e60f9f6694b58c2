using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Engine.Oci.Documents;

namespace Engine.Oci;

/// <summary>
/// The name of a piece of content: a hash function and the hash, as <c>sha256:&lt;64 lower-case hexadecimal
/// digits&gt;</c>
/// (image-spec, descriptor.md, "Digests"). Two digests are equal when their texts are.
/// </summary>
[JsonConverter(typeof(DigestJsonConverter))]
public sealed record Digest
{
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");

    private Digest(DigestAlgorithm algorithm, string hex)
    {
        Algorithm = algorithm;
        Hex = hex;
    }

    /// <summary>The hash function.</summary>
    public DigestAlgorithm Algorithm { get; }

    /// <summary>The hash, in lower-case hexadecimal digits, without the algorithm.</summary>
    public string Hex { get; }

    /// <summary>The first twelve digits: how people and lists name an image or a layer.</summary>
    public string ShortHex => Hex[..12];

    /// <summary>Reads a digest.</summary>
    /// <param name="text">For example <c>sha256:44136fa3…</c>; upper-case digits are not accepted, as Docker does
    /// not.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidDigest"/>.</exception>
    public static Digest Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out Digest? digest, out string? fault)
            ? digest
            : throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidDigest,
                $"'{Shown.Text(text)}' is not a digest: {fault}.",
                Shown.Text(text));
    }

    /// <summary>Reads a digest, and answers false when the text is none.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="digest">The digest.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest) =>
        TryParse(text, out digest, out _);

    /// <summary>Computes the digest of content that is in memory.</summary>
    /// <param name="content">The content.</param>
    /// <param name="algorithm">The hash function.</param>
    public static Digest Compute(ReadOnlySpan<byte> content, DigestAlgorithm algorithm = DigestAlgorithm.Sha256)
    {
        Span<byte> hash = stackalloc byte[DigestAlgorithms.MaxBytes];
        return FromHash(algorithm, hash[..CryptographicOperations.HashData(algorithm.HashName(), content, hash)]);
    }

    /// <summary>Computes the digest of a stream, from where it stands to its end.</summary>
    /// <param name="content">The stream; it is not closed.</param>
    /// <param name="algorithm">The hash function.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<Digest> ComputeAsync(
        Stream content, DigestAlgorithm algorithm = DigestAlgorithm.Sha256, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return FromHash(
            algorithm,
            await CryptographicOperations.HashDataAsync(algorithm.HashName(), content, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether the content has this digest.</summary>
    /// <param name="content">The content.</param>
    public bool Matches(ReadOnlySpan<byte> content) => Compute(content, Algorithm) == this;

    /// <summary>Refuses content that does not have this digest.</summary>
    /// <param name="actual">The digest that the content has.</param>
    /// <param name="what">What the content is, for the message: 'layer', 'manifest', 'blob' …</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.DigestMismatch"/>.</exception>
    public void Require(Digest actual, string what)
    {
        ArgumentNullException.ThrowIfNull(actual);
        if (actual != this)
        {
            throw new EngineException(
                EngineErrorCode.Corrupt,
                EngineErrorReason.DigestMismatch,
                $"The {what} {this} is corrupt: its content has the digest {actual}. Fetch it again from where it came.",
                ToString());
        }
    }

    /// <summary>The digest as text: algorithm, colon, hexadecimal digits.</summary>
    public override string ToString() => $"{Algorithm.Name()}:{Hex}";

    internal static Digest FromHash(DigestAlgorithm algorithm, ReadOnlySpan<byte> hash) =>
        new(algorithm, Convert.ToHexStringLower(hash));

    internal static bool TryParse(
        [NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest, [NotNullWhen(false)] out string? fault)
    {
        digest = null;
        int colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (text is null || colon < 0)
        {
            fault = "it must look like sha256:<64 hexadecimal digits>";
            return false;
        }

        if (DigestAlgorithms.ByName(text.AsSpan(0, colon)) is not { } algorithm)
        {
            fault = "the algorithm must be sha256, sha384 or sha512";
            return false;
        }

        ReadOnlySpan<char> hex = text.AsSpan(colon + 1);
        if (hex.Length != algorithm.HexLength() || hex.ContainsAnyExcept(s_hexDigits))
        {
            fault = $"{algorithm.Name()} needs {algorithm.HexLength()} lower-case hexadecimal digits";
            return false;
        }

        fault = null;
        digest = new Digest(algorithm, hex.ToString());
        return true;
    }
}
