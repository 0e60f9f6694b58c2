namespace Engine.Oci.Layers;

/// <summary>
/// Brings the names in layers and archives to one form: relative to the root, without <c>.</c>, empty parts and
/// slashes at the ends. Symbolic links are not looked at: that needs the directory, and is up to whoever unpacks.
/// </summary>
public static class LayerPath
{
    /// <summary>Cleans a name. The root itself is empty.</summary>
    /// <param name="name">A name as the archive has it; absolute ones count from the root.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.ArchiveEscapesRoot"/>: <c>..</c> leads out of the
    /// root.</exception>
    public static ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> name)
    {
        ReadOnlySpan<byte> span = name.Span;
        if (IsClean(span))
        {
            return name;
        }

        byte[] clean = new byte[span.Length];
        int length = 0;
        foreach (Range range in span.Split((byte)'/'))
        {
            ReadOnlySpan<byte> part = span[range];
            if (part.IsEmpty || part.SequenceEqual("."u8))
            {
                continue;
            }

            if (part.SequenceEqual(".."u8))
            {
                if (length == 0)
                {
                    throw Escapes(span);
                }

                length = Math.Max(0, clean.AsSpan(0, length).LastIndexOf((byte)'/'));
                continue;
            }

            if (length > 0)
            {
                clean[length++] = (byte)'/';
            }

            part.CopyTo(clean.AsSpan(length));
            length += part.Length;
        }

        return clean.AsMemory(0, length);
    }

    /// <summary>Splits a clean name into its directory (empty for the root) and its last part.</summary>
    /// <param name="clean">A name that <see cref="Clean"/> gave.</param>
    public static (ReadOnlyMemory<byte> Directory, ReadOnlyMemory<byte> Name) Split(ReadOnlyMemory<byte> clean)
    {
        int slash = clean.Span.LastIndexOf((byte)'/');
        return slash < 0 ? (default, clean) : (clean[..slash], clean[(slash + 1)..]);
    }

    private static bool IsClean(ReadOnlySpan<byte> name)
    {
        foreach (Range range in name.Split((byte)'/'))
        {
            ReadOnlySpan<byte> part = name[range];
            if (part.IsEmpty || part.SequenceEqual("."u8) || part.SequenceEqual(".."u8))
            {
                return false;
            }
        }

        return true;
    }

    private static EngineException Escapes(ReadOnlySpan<byte> name)
    {
        string shown = Shown.Text(name);
        return new EngineException(
            EngineErrorCode.InvalidArgument,
            EngineErrorReason.ArchiveEscapesRoot,
            $"The archive is refused: its entry '{shown}' leads out of the directory that it is unpacked into.",
            shown);
    }
}
