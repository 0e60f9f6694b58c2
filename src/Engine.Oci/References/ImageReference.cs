using System.Diagnostics.CodeAnalysis;

namespace Engine.Oci.References;

/// <summary>
/// Where an image is found, and which one: <c>domain/path:tag@digest</c>, always in its normal form. It is read by
/// Docker's rules (distribution/reference): <c>busybox</c> is <c>docker.io/library/busybox:latest</c>.
/// </summary>
public sealed record ImageReference
{
    /// <summary>The registry that a reference without one means.</summary>
    public const string DefaultDomain = "docker.io";

    /// <summary>The tag that a reference with neither tag nor digest means.</summary>
    public const string DefaultTag = "latest";

    internal const string OfficialPrefix = "library/";

    internal ImageReference(string domain, string path, string? tag, Digest? digest)
    {
        Domain = domain;
        Path = path;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>
    /// The registry's host, with the port if one was given: <c>docker.io</c>, <c>localhost:5000</c>, <c>[::1]:5000</c>.
    /// </summary>
    public string Domain { get; }

    /// <summary>The repository's name at its registry: <c>library/busybox</c>.</summary>
    public string Path { get; }

    /// <summary>The tag, or null.</summary>
    public string? Tag { get; }

    /// <summary>
    /// The digest of the manifest or index, or null. Beside a tag, the digest is what counts when pulling.
    /// </summary>
    public Digest? Digest { get; }

    /// <summary>Domain and path: <c>docker.io/library/busybox</c>.</summary>
    public string Repository => $"{Domain}/{Path}";

    /// <summary>Whether it names a repository alone, with neither tag nor digest.</summary>
    public bool IsNameOnly => Tag is null && Digest is null;

    /// <summary>The repository as people write it: <c>busybox</c>, <c>quay.io/podman/stable</c>.</summary>
    public string FamiliarRepository => FamiliarForm.Of(this);

    /// <summary>The whole reference as people write it: <c>busybox:latest</c>.</summary>
    public string Familiar => FamiliarRepository + Suffix;

    private string Suffix => (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    /// <summary>Reads a reference as a person writes it, and brings it to its normal form.</summary>
    /// <param name="text">For example <c>busybox</c>, <c>quay.io/a/b:1.2@sha256:…</c>.</param>
    /// <param name="defaultTag">The tag of a reference with neither tag nor digest; null leaves it without one.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidReference"/>, or
    /// <see cref="EngineErrorReason.InvalidDigest"/> when only the digest is at fault.</exception>
    public static ImageReference Parse(string text, string? defaultTag = DefaultTag)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ReferenceParser.TryParse(text, defaultTag, out ImageReference? reference, out string? fault, out bool digestFault)
            ? reference
            : throw new EngineException(
                EngineErrorCode.InvalidArgument,
                digestFault ? EngineErrorReason.InvalidDigest : EngineErrorReason.InvalidReference,
                $"'{Shown.Text(text)}' is not an image reference: {fault}.",
                Shown.Text(text));
    }

    /// <summary>Reads a reference, and answers false when the text is none.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="reference">The reference, in its normal form, with the default tag if it had neither tag nor
    /// digest.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        return text is not null && ReferenceParser.TryParse(text, DefaultTag, out reference, out _, out _);
    }

    /// <summary>The same repository with another tag and no digest.</summary>
    /// <param name="tag">1 to 128 letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, the last two not at the
    /// start.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidReference"/>.</exception>
    public ImageReference WithTag(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return ReferenceGrammar.IsTag(tag)
            ? new ImageReference(Domain, Path, tag, null)
            : throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidReference,
                $"'{Shown.Text(tag)}' is not a tag: {ReferenceParser.TagRule}.",
                Shown.Text(tag));
    }

    /// <summary>
    /// The same repository with a digest and no tag: how an image that was pulled by digest is recorded.
    /// </summary>
    /// <param name="digest">The digest of the manifest or index.</param>
    public ImageReference WithDigest(Digest digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return new ImageReference(Domain, Path, null, digest);
    }

    /// <summary>
    /// The whole reference in its normal form: <c>docker.io/library/busybox:latest</c>. Parsing it gives it back.
    /// </summary>
    public override string ToString() => Repository + Suffix;
}
