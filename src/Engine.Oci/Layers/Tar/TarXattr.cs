namespace Engine.Oci.Layers.Tar;

/// <summary>An extended attribute.</summary>
/// <param name="Name">The whole name, with its namespace: <c>security.capability</c>.</param>
/// <param name="Value">The value: any bytes.</param>
public sealed record TarXattr(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value);
