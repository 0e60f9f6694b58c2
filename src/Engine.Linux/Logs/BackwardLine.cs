namespace Engine.Linux.Logs;

/// <summary>A record, as met while reading backwards.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Stream">Its stream; null for a line that is no record.</param>
/// <param name="IsPartial">It does not end its line.</param>
internal readonly record struct BackwardLine(long Offset, LogStream? Stream, bool IsPartial);
