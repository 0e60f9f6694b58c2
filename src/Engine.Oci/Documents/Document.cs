namespace Engine.Oci.Documents;

/// <summary>
/// A document and the bytes that it was read from or written as. Digest and size are those of the bytes: a document
/// that is serialised anew has another digest, and is another document.
/// </summary>
/// <typeparam name="T">The document's form.</typeparam>
public sealed record Document<T>
{
    internal Document(T value, ReadOnlyMemory<byte> raw)
    {
        Value = value;
        Raw = raw;
        Digest = Digest.Compute(raw.Span);
    }

    /// <summary>What the document says.</summary>
    public T Value { get; }

    /// <summary>The document's bytes.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The sha256 digest of the bytes.</summary>
    public Digest Digest { get; }

    /// <summary>A descriptor of the document.</summary>
    /// <param name="mediaType">The document's media type.</param>
    public Descriptor Describe(string mediaType) => new() { MediaType = mediaType, Digest = Digest, Size = Raw.Length };
}
