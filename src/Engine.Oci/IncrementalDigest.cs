using System.Security.Cryptography;

namespace Engine.Oci;

/// <summary>
/// Computes a digest while content passes by, a piece at a time. Not for use by several threads at once.
/// </summary>
/// <param name="algorithm">The hash function.</param>
public sealed class IncrementalDigest(DigestAlgorithm algorithm = DigestAlgorithm.Sha256) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm.HashName());

    /// <summary>How many bytes were appended.</summary>
    public long Length { get; private set; }

    /// <summary>Takes the next piece of the content.</summary>
    /// <param name="content">The piece; it may be empty.</param>
    public void Append(ReadOnlySpan<byte> content)
    {
        _hash.AppendData(content);
        Length += content.Length;
    }

    /// <summary>The digest of all that was appended so far; appending may go on afterwards.</summary>
    public Digest Current()
    {
        Span<byte> hash = stackalloc byte[DigestAlgorithms.MaxBytes];
        return Digest.FromHash(algorithm, hash[.._hash.GetCurrentHash(hash)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
