namespace Engine.Oci.Layers.Tar;

/// <summary>
/// Reads a tar from front to back: ustar, pax, GNU and the oldest, with sparse files, long names and attributes, byte
/// for byte. Everything in it is taken for hostile: sizes are checked before memory is taken, and a cut archive is an
/// error, never a shorter one. Not for use by several threads at once.
/// </summary>
/// <param name="archive">The uncompressed archive; it stays open. <see cref="LayerStream"/> is one.</param>
/// <param name="limits">How much of it is believed; null for the usual limits.</param>
public sealed class TarReader(Stream archive, TarLimits? limits = null)
{
    private readonly TarLimits _limits = limits ?? TarLimits.Default;
    private readonly byte[] _block = new byte[TarHeader.Size];
    private readonly PaxAttributes _global = new();
    private byte[]? _skipBuffer;
    private long _remaining;
    private long _padding;
    private long _headers;
    private bool _ended;

    /// <summary>Goes to the next entry, passing over what was not read of the one before.</summary>
    /// <returns>The entry, or null at the end of the archive. What follows the end is not read.</returns>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidArchive"/>: malformed or truncated;
    /// <see cref="EngineErrorReason.InputTooLarge"/>: over a limit.</exception>
    public TarEntry? Next()
    {
        if (_ended)
        {
            return null;
        }

        SkipContent();
        var meta = new TarMetadata(_global);
        while (ReadHeaderBlock(meta))
        {
            if (++_headers > _limits.MaxHeaders)
            {
                throw TarFault.TooLarge($"it has more than {_limits.MaxHeaders} headers");
            }

            if (!TarHeader.TryRead(_block, out TarHeader header))
            {
                throw TarFault.Invalid("the checksum of a header is wrong");
            }

            if (!TakeMetadata(header, meta))
            {
                return TakeEntry(header, meta);
            }
        }

        _ended = true;
        return null;
    }

    /// <summary>
    /// Reads the stored data of the current entry: for a sparse file that of its segments, one after the other.
    /// </summary>
    /// <param name="buffer">Where to.</param>
    /// <returns>How many bytes were read; 0 at the end of the entry's data.</returns>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidArchive"/>: the archive is
    /// truncated.</exception>
    public int Read(Span<byte> buffer)
    {
        if (buffer.Length > _remaining)
        {
            buffer = buffer[..(int)_remaining];
        }

        if (buffer.IsEmpty)
        {
            return 0;
        }

        int read = archive.Read(buffer);
        _remaining -= read;
        return read > 0 ? read : throw TarFault.Truncated();
    }

    /// <summary>
    /// The content of the current entry as a stream, the holes of a sparse file filled with zeros; good until <see
    /// cref="Next"/>.
    /// </summary>
    /// <param name="entry">The current entry.</param>
    public Stream OpenContent(TarEntry entry) => new TarContentStream(this, entry);

    internal void ReadRaw(Span<byte> buffer)
    {
        if (archive.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw TarFault.Truncated();
        }
    }

    /// <summary>Reads a whole block of the entry's data, or fails if it has less.</summary>
    internal void ReadContentBlock(Span<byte> block)
    {
        if (_remaining < block.Length)
        {
            throw SparseMap.Invalid();
        }

        ReadRaw(block);
        _remaining -= block.Length;
    }

    // False at the end of the archive: zero blocks, or (where that is allowed) nothing at all.
    private bool ReadHeaderBlock(TarMetadata meta)
    {
        int read = archive.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false);
        if (read == 0 ? _limits.RequireEndMarker || !meta.IsEmpty : read < _block.Length)
        {
            throw TarFault.Truncated();
        }

        if (read > 0 && _block.AsSpan().ContainsAnyExcept((byte)0))
        {
            return true;
        }

        if (!meta.IsEmpty)
        {
            throw TarFault.Invalid("it ends where an entry should follow");
        }

        // One zero block may be the last; something else behind it is no end that readers agree on.
        read = read == 0 ? 0 : archive.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false);
        return read == 0 || !_block.AsSpan(0, read).ContainsAnyExcept((byte)0)
            ? false
            : throw TarFault.Invalid("something follows a single zero block");
    }

    private bool TakeMetadata(TarHeader header, TarMetadata meta)
    {
        switch (header.TypeFlag)
        {
            case 'x' or 'X':
                meta.Pax.Apply(ReadMetadata(header.DataSize, _limits.MaxExtendedHeaderSize, meta));
                return true;
            case 'g':
                _global.ApplyGlobal(ReadMetadata(header.DataSize, _limits.MaxExtendedHeaderSize, meta));
                return true;
            case 'L':
                meta.LongName = TarMetadata.UpToNul(ReadMetadata(header.DataSize, _limits.MaxNameLength + 1, meta));
                return true;
            case 'K':
                meta.LongLink = TarMetadata.UpToNul(ReadMetadata(header.DataSize, _limits.MaxNameLength + 1, meta));
                return true;
            default:
                return false;
        }
    }

    private TarEntry TakeEntry(TarHeader header, TarMetadata meta)
    {
        long stored = meta.Pax.Size ?? header.DataSize;
        TarEntry entry = meta.Describe(header, stored, _limits);
        (_remaining, _padding) = entry.Type is TarEntryType.File or TarEntryType.Other
            ? (stored, -stored & (TarHeader.Size - 1))
            : (0, 0);
        if (entry.Type != TarEntryType.File)
        {
            return entry with { StoredSize = _remaining };
        }

        (IReadOnlyList<long>? pairs, long realSize) = ReadSparseMap(header, meta.Pax.Sparse, stored);
        return pairs is null
            ? entry with { Size = stored, StoredSize = stored }
            : entry with
            {
                Size = realSize,
                StoredSize = _remaining,
                Segments = SparseMap.Build(pairs, realSize, _remaining, _limits),
            };
    }

    private (IReadOnlyList<long>? Pairs, long RealSize) ReadSparseMap(TarHeader header, PaxSparse? sparse, long stored)
    {
        if (header.TypeFlag == 'S')
        {
            return header.IsGnu ? GnuSparseMap.ReadOld(_block, this, _limits) : throw SparseMap.Invalid();
        }

        if (sparse is not { IsSparse: true })
        {
            return (null, stored);
        }

        long realSize = sparse.RealSize is >= 0 and var size ? size : throw SparseMap.Invalid();
        return (sparse.Major > 0 ? GnuSparseMap.ReadLines(this, _limits) : sparse.Map, realSize);
    }

    private byte[] ReadMetadata(long size, int limit, TarMetadata meta)
    {
        meta.IsEmpty = false;
        if (size < 0 || size > limit)
        {
            throw TarFault.TooLarge($"an extended header or a name has {size} bytes, and at most {limit} are read");
        }

        byte[] data = new byte[size];
        ReadRaw(data);
        ReadRaw(_block.AsSpan(0, (int)(-size & (TarHeader.Size - 1))));
        return data;
    }

    private void SkipContent()
    {
        if (_remaining + _padding == 0)
        {
            return;
        }

        _skipBuffer ??= new byte[64 * 1024];
        while (_remaining > 0)
        {
            Read(_skipBuffer);
        }

        ReadRaw(_skipBuffer.AsSpan(0, (int)_padding));
        _padding = 0;
    }
}
