using Engine.Linux;
using Engine.Linux.Files;
using Engine.Oci.Layers.Tar;
using Microsoft.Win32.SafeHandles;

namespace Engine.Core.Images.Layers;

/// <summary>Writes what is no directory from a tree that may change while it is read.</summary>
internal sealed class TreeFiles(RootedDirectory root, TarWriter tar)
{
    // errno(3). What was a file when it was looked at may be a link or a directory when it is opened.
    private const int NotFound = 2;
    private const int NotDirectory = 20;
    private const int Invalid = 22;
    private const int TooManyLinks = 40;

    // A file that is replaced again and again is there all the time: a few attempts meet one and the same.
    private const int Attempts = 8;

    private readonly byte[] _piece = new byte[256 * 1024];

    public static bool IsGone(LinuxException error) =>
        error.Errno is NotFound or NotDirectory or Invalid or TooManyLinks;

    /// <summary>Writes an entry with its content; false when it is gone.</summary>
    public async ValueTask<bool> TryWriteAsync(byte[] path, FileStatus status, CancellationToken cancellationToken)
    {
        try
        {
            if (status.Kind == FileKind.Regular)
            {
                using var file = Open(path, ref status);
                if (file is null)
                {
                    return false;
                }

                await tar.BeginAsync(TreeEntry.Of(path, status, AttributesOf(path)), cancellationToken).ConfigureAwait(false);
                await CopyAsync(file, status.Size, cancellationToken).ConfigureAwait(false);
                return true;
            }

            var target = status.Kind == FileKind.SymbolicLink ? root.ReadLink(path) : null;
            await tar.BeginAsync(
                TreeEntry.Of(path, status, AttributesOf(path), target), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (LinuxException error) when (IsGone(error))
        {
            return false;
        }
    }

    public IReadOnlyList<(byte[] Name, byte[] Value)> AttributesOf(byte[] path)
    {
        try
        {
            return root.ReadAttributes(path);
        }
        catch (LinuxException error) when (IsGone(error))
        {
            return [];
        }
    }

    /// <summary>Opens the very file that a status is of; what it is now, the status says afterwards.</summary>
    private SafeFileHandle? Open(byte[] path, ref FileStatus status)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var file = root.OpenFile(path);
            var opened = file.GetStatus();
            if (opened.Inode == status.Inode && opened.Device == status.Device)
            {
                status = opened;
                return file;
            }

            file.Dispose();
            if (!root.TryGetStatus(path, out status) || status.Kind != FileKind.Regular)
            {
                return null;
            }
        }

        return null;
    }

    private async ValueTask CopyAsync(SafeFileHandle file, long size, CancellationToken cancellationToken)
    {
        for (var offset = 0L; offset < size;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var piece = _piece.AsMemory(0, (int)Math.Min(_piece.Length, size - offset));
            var read = RandomAccess.Read(file, piece.Span, offset);
            if (read == 0)
            {
                // The header has promised the size that the file had.
                piece.Span.Clear();
                read = piece.Length;
            }

            await tar.WriteAsync(piece[..read], cancellationToken).ConfigureAwait(false);
            offset += read;
        }
    }
}
