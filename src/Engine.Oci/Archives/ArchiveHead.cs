namespace Engine.Oci.Archives;

/// <summary>What an archive is, told by its first part.</summary>
/// <param name="IsImage">Whether it holds images; else it is a root file system: one layer.</param>
/// <param name="Content">The whole archive, from its first byte: to be read instead of the stream that was looked
/// at.</param>
public sealed record ArchiveHead(bool IsImage, Stream Content);
