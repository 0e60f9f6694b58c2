namespace Engine;

/// <summary>
/// A piece of a container's output, byte for byte: a line without its newline, or, where the line was longer than the
/// monitor's buffer or had no end, a part of it.
/// </summary>
/// <param name="Time">When the monitor read it.</param>
/// <param name="Stream">Which stream it was written to.</param>
/// <param name="Content">The bytes, without the newline that ended them.</param>
/// <param name="Partial">True when no newline followed.</param>
public readonly record struct ContainerLogEntry(
    DateTimeOffset Time, ContainerStream Stream, ReadOnlyMemory<byte> Content, bool Partial);
