using Engine.Linux.Files;
using Engine.Oci.Layers.Tar;
using Microsoft.Win32.SafeHandles;

namespace Engine.Core.Images.Layers;

/// <summary>Writes the content of entries into files. Holes of sparse files stay holes.</summary>
internal sealed class FileWriter
{
    private readonly byte[] _buffer = new byte[256 * 1024];

    public void Write(TarEntry entry, TarReader reader, SafeFileHandle file, CancellationToken cancellationToken)
    {
        if (entry.Segments is not { } segments)
        {
            Copy(reader, file, 0, entry.StoredSize, cancellationToken);
            return;
        }

        foreach (var segment in segments)
        {
            Copy(reader, file, segment.Offset, segment.Length, cancellationToken);
        }

        // The hole at the end, if there is one; a size that no file can have fails here.
        file.SetLength(entry.Size);
    }

    private void Copy(
        TarReader reader, SafeFileHandle file, long offset, long length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = reader.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, length)));
            file.WriteAt(_buffer.AsSpan(0, read), offset);
            offset += read;
            length -= read;
        }
    }
}
