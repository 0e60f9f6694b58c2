namespace Engine.Oci.Layers;

/// <summary>How a <see cref="LayerStream"/> works.</summary>
public sealed record LayerStreamOptions
{
    /// <summary>The hash function of the blob's digest: that of the digest it is compared with.</summary>
    public DigestAlgorithm BlobAlgorithm { get; init; } = DigestAlgorithm.Sha256;

    /// <summary>The hash function of the diff id: that of the diff id it is compared with.</summary>
    public DigestAlgorithm DiffIdAlgorithm { get; init; } = DigestAlgorithm.Sha256;

    /// <summary>
    /// False when nobody will ask for the digests, and hashing would be wasted: an archive read as a whole.
    /// </summary>
    public bool ComputeDigests { get; init; } = true;

    /// <summary>
    /// The blob's digest, when whoever gives its bytes verifies them: it is not computed once more. Null to compute it.
    /// </summary>
    public Digest? VerifiedBlob { get; init; }

    /// <summary>Whether the source stays open when the layer stream is disposed.</summary>
    public bool LeaveOpen { get; init; }
}
