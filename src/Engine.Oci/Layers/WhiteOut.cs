namespace Engine.Oci.Layers;

/// <summary>Tells white-outs by their names.</summary>
/// <param name="Kind">What the entry says.</param>
/// <param name="Target">What is gone (<see cref="WhiteOutKind.Removed"/>), or the directory that is opaque; else
/// empty.</param>
public readonly record struct WhiteOut(WhiteOutKind Kind, ReadOnlyMemory<byte> Target)
{
    private static ReadOnlySpan<byte> Prefix => ".wh."u8;

    private static ReadOnlySpan<byte> MetaPrefix => ".wh..wh."u8;

    private static ReadOnlySpan<byte> OpaqueName => ".wh..wh..opq"u8;

    /// <summary>Tells what an entry is; the type of the entry does not matter.</summary>
    /// <param name="clean">The entry's name, as <see cref="LayerPath.Clean"/> gave it.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidArchive"/>: a white-out of nothing, of
    /// <c>.</c> or of <c>..</c>.</exception>
    public static WhiteOut Classify(ReadOnlyMemory<byte> clean)
    {
        (ReadOnlyMemory<byte> directory, ReadOnlyMemory<byte> last) = LayerPath.Split(clean);
        ReadOnlySpan<byte> name = last.Span;

        // aufs kept its own things at the root, some of them directories with entries.
        if (clean.Span.StartsWith(MetaPrefix) && !name.SequenceEqual(OpaqueName))
        {
            return new WhiteOut(WhiteOutKind.Ignored, default);
        }

        if (!name.StartsWith(Prefix))
        {
            return new WhiteOut(WhiteOutKind.None, default);
        }

        if (name.StartsWith(MetaPrefix))
        {
            return name.SequenceEqual(OpaqueName)
                ? new WhiteOut(WhiteOutKind.Opaque, directory)
                : new WhiteOut(WhiteOutKind.Ignored, default);
        }

        ReadOnlySpan<byte> removed = name[Prefix.Length..];
        if (removed.IsEmpty || removed.SequenceEqual("."u8) || removed.SequenceEqual(".."u8))
        {
            string shown = Shown.Text(clean.Span);
            throw new EngineException(
                EngineErrorCode.Corrupt,
                EngineErrorReason.InvalidArchive,
                $"The layer is not valid: '{shown}' is a white-out of no file.",
                shown);
        }

        byte[] target = new byte[(directory.IsEmpty ? 0 : directory.Length + 1) + removed.Length];
        directory.Span.CopyTo(target);
        if (!directory.IsEmpty)
        {
            target[directory.Length] = (byte)'/';
        }

        removed.CopyTo(target.AsSpan(target.Length - removed.Length));
        return new WhiteOut(WhiteOutKind.Removed, target);
    }
}
