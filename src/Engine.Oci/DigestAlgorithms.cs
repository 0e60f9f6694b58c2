using System.Security.Cryptography;

namespace Engine.Oci;

/// <summary>What each <see cref="DigestAlgorithm"/> is called, how long it is, and how it is computed.</summary>
internal static class DigestAlgorithms
{
    /// <summary>The bytes of the longest digest, for buffers on the stack.</summary>
    public const int MaxBytes = 64;

    public static string Name(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha384 => "sha384",
        DigestAlgorithm.Sha512 => "sha512",
        _ => "sha256",
    };

    public static int HexLength(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha384 => 96,
        DigestAlgorithm.Sha512 => 128,
        _ => 64,
    };

    public static HashAlgorithmName HashName(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        DigestAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    public static DigestAlgorithm? ByName(ReadOnlySpan<char> name) => name switch
    {
        "sha256" => DigestAlgorithm.Sha256,
        "sha384" => DigestAlgorithm.Sha384,
        "sha512" => DigestAlgorithm.Sha512,
        _ => null,
    };
}
