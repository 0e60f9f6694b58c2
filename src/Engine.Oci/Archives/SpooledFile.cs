namespace Engine.Oci.Archives;

/// <summary>A file of an archive, in the spool.</summary>
/// <param name="Digest">The sha256 digest of its content, by which the spool gives it back.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record SpooledFile(Digest Digest, long Size);
