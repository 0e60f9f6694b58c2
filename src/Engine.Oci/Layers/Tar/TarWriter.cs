using System.Buffers;

namespace Engine.Oci.Layers.Tar;

/// <summary>
/// Writes a tar from front to back: ustar headers (POSIX.1-1988), and an extended header (pax, POSIX.1-2001) before an
/// entry whose header does not hold what there is to say. The same entries give the same bytes, and what
/// <see cref="TarReader"/> read comes out the same. Not for use by several threads at once.
/// </summary>
/// <param name="archive">Where the uncompressed archive goes; it stays open.</param>
public sealed class TarWriter(Stream archive)
{
    private static readonly byte[] s_zeros = new byte[2 * TarHeader.Size];

    private readonly ArrayBufferWriter<byte> _headers = new(4 * TarHeader.Size);
    private long _remaining;
    private int _padding;

    /// <summary>Writes an entry's headers. The content of a file follows, through <see cref="WriteAsync"/>.</summary>
    /// <param name="entry">
    /// The entry. Of a file, <see cref="TarEntry.Size"/> bytes are to follow; sparse files are written with their holes
    /// filled. Names are written as they are: that of a directory should end in a slash.
    /// </param>
    /// <param name="cancellationToken">Ends the writing; the archive is then of no use.</param>
    /// <exception cref="ArgumentException">The entry has no name, one with a NUL byte, or no type that tar
    /// knows.</exception>
    /// <exception cref="InvalidOperationException">The content of the entry before is not complete.</exception>
    public ValueTask BeginAsync(TarEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        RequireComplete();
        Check(entry);
        _headers.ResetWrittenCount();
        var pax = new PaxRecordWriter();
        pax.Describe(entry);
        if (!pax.Records.IsEmpty)
        {
            TarHeaderWriter.WriteExtended(_headers.GetSpan(TarHeader.Size)[..TarHeader.Size], entry.Name.Span, pax.Records.Length);
            _headers.Advance(TarHeader.Size);
            _headers.Write(pax.Records);
            _headers.Write(s_zeros.AsSpan(0, PaddingOf(pax.Records.Length)));
        }

        TarHeaderWriter.Write(_headers.GetSpan(TarHeader.Size)[..TarHeader.Size], entry);
        _headers.Advance(TarHeader.Size);
        _remaining = entry.Type == TarEntryType.File ? entry.Size : 0;
        _padding = PaddingOf(_remaining);
        return archive.WriteAsync(_headers.WrittenMemory, cancellationToken);
    }

    /// <summary>Writes the next piece of the current file's content.</summary>
    /// <param name="content">The piece; all of them together have exactly the size that the entry said.</param>
    /// <param name="cancellationToken">Ends the writing; the archive is then of no use.</param>
    /// <exception cref="ArgumentException">The content is longer than the entry said.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        if (content.Length > _remaining)
        {
            throw new ArgumentException($"{content.Length} bytes are more than the {_remaining} that are left.", nameof(content));
        }

        await archive.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        _remaining -= content.Length;
        if (_remaining == 0 && _padding > 0)
        {
            int padding = _padding;
            _padding = 0;
            await archive.WriteAsync(s_zeros.AsMemory(0, padding), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the end of the archive: two zero blocks.</summary>
    /// <param name="cancellationToken">Ends the writing; the archive is then of no use.</param>
    /// <exception cref="InvalidOperationException">The content of the entry before is not complete.</exception>
    public ValueTask FinishAsync(CancellationToken cancellationToken = default)
    {
        RequireComplete();
        return archive.WriteAsync(s_zeros, cancellationToken);
    }

    private void RequireComplete()
    {
        if (_remaining > 0)
        {
            throw new InvalidOperationException($"{_remaining} bytes of the last entry's content are missing.");
        }
    }

    private static void Check(TarEntry entry)
    {
        if (entry.Name.IsEmpty || entry.Name.Span.Contains((byte)0) || entry.LinkName.Span.Contains((byte)0))
        {
            throw new ArgumentException("An entry has a name, and no NUL byte in it or in a link's target.", nameof(entry));
        }

        if (entry.Type == TarEntryType.Other || entry.Size < 0)
        {
            throw new ArgumentException("The entry is of no type, or of no size, that an archive can have.", nameof(entry));
        }
    }

    private static int PaddingOf(long length) => (int)(-length & (TarHeader.Size - 1));
}
