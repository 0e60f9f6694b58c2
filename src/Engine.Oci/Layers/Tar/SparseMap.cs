namespace Engine.Oci.Layers.Tar;

/// <summary>
/// Checks the map of a sparse file: its parts must lie in the file, in order, and hold what the archive has.
/// </summary>
internal static class SparseMap
{
    public static IReadOnlyList<TarSegment> Build(
        IReadOnlyList<long> pairs, long realSize, long storedSize, TarLimits limits)
    {
        if (pairs.Count % 2 != 0)
        {
            throw Invalid();
        }

        RequireCount(pairs.Count / 2, limits);
        var segments = new List<TarSegment>(pairs.Count / 2);
        long end = 0;
        long stored = 0;
        for (int i = 0; i < pairs.Count; i += 2)
        {
            var segment = new TarSegment(pairs[i], pairs[i + 1]);
            if (segment.Offset < end || segment.Length < 0 || segment.Offset > realSize || segment.Length > realSize - segment.Offset)
            {
                throw Invalid();
            }

            end = segment.Offset + segment.Length;
            stored += segment.Length;

            // GNU tar ends a map with an empty part at the file's end, which tells the size again.
            if (segment.Length > 0)
            {
                segments.Add(segment);
            }
        }

        return stored == storedSize ? segments : throw Invalid();
    }

    public static void RequireCount(long count, TarLimits limits)
    {
        if (count > limits.MaxSegments)
        {
            throw TarFault.TooLarge($"a sparse file has more than {limits.MaxSegments} parts");
        }
    }

    public static EngineException Invalid() => TarFault.Invalid("the map of a sparse file does not fit the file");
}
