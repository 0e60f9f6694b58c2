namespace Engine.Oci;

/// <summary>
/// The hash functions that the image specification registers (image-spec, descriptor.md, "Registered algorithms").
/// </summary>
public enum DigestAlgorithm
{
    /// <summary>SHA-256, 64 hexadecimal digits: what every registry and archive uses.</summary>
    Sha256,

    /// <summary>SHA-384, 96 hexadecimal digits: accepted because Docker's digest library accepts it.</summary>
    Sha384,

    /// <summary>SHA-512, 128 hexadecimal digits.</summary>
    Sha512,
}
