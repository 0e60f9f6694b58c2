namespace Engine.Oci.Distribution;

/// <summary>A manifest or index as a registry sent it. Its bytes have the digest.</summary>
/// <param name="Digest">The digest: the one that was asked for, or else the one that the registry names.</param>
/// <param name="MediaType">One of the four types of manifests and indexes that <see cref="MediaTypes"/> names.</param>
/// <param name="Raw">The very bytes.</param>
public sealed record RegistryDocument(Digest Digest, string MediaType, ReadOnlyMemory<byte> Raw);
