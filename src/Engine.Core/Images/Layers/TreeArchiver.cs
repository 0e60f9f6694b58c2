using System.Text;
using Engine.Linux;
using Engine.Linux.Files;
using Engine.Oci.Layers.Tar;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images.Layers;

/// <summary>
/// Writes a directory tree into a tar: what <see cref="LayerUnpacker"/> undoes. Nothing outside the tree is read, whatever
/// its links say, and no more is kept in memory than the directories still to be visited and the names of files with
/// several links. The tree may be changed meanwhile: what is gone when its turn comes is left out, and a file that has
/// become shorter is filled up with zeros, as GNU tar does.
/// </summary>
internal sealed partial class TreeArchiver(RootedDirectory root, TarWriter tar, TreeForm form, ILogger logger)
{
    // errno(3): ENAMETOOLONG.
    private const int NameTooLong = 36;

    private readonly Stack<byte[]> _directories = new();
    private readonly Dictionary<(DeviceNumber Device, ulong Inode), byte[]> _links = [];
    private readonly TreeFiles _files = new(root, tar);

    /// <summary>How many entries were written, the root's own not counted.</summary>
    public long Entries { get; private set; }

    /// <summary>Writes all of the tree. The end of the archive is the caller's to write.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InputTooLarge"/>: a path is longer than Linux can
    /// be asked for.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            _directories.Push([]);
            while (_directories.TryPop(out var directory))
            {
                await WriteDirectoryAsync(directory, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (LinuxException error) when (error.Errno == NameTooLong)
        {
            throw new EngineException(
                EngineErrorCode.LimitExceeded, EngineErrorReason.InputTooLarge,
                "The container has files so deep in directories that their paths are longer than the 4096 bytes that "
                + $"Linux takes. Move or remove them. {error.Message}",
                null, error);
        }
    }

    private async ValueTask WriteDirectoryAsync(byte[] path, CancellationToken cancellationToken)
    {
        if (!root.TryGetStatus(path, out var status) || status.Kind != FileKind.Directory)
        {
            return;
        }

        var attributes = _files.AttributesOf(path);
        byte[] name = path.Length == 0 ? [.. "./"u8] : [.. path, (byte)'/'];
        await tar.BeginAsync(TreeEntry.Of(name, status, attributes), cancellationToken).ConfigureAwait(false);
        Entries += path.Length == 0 ? 0 : 1;
        if (form.IsLayer && attributes.Any(TreeEntry.IsOpaqueMark) && form.Hides(path))
        {
            await WriteMarkAsync(path, ".wh..wh..opq"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }

        foreach (var entry in List(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] below = path.Length == 0 ? entry.NameBytes : [.. path, (byte)'/', .. entry.NameBytes];
            if (root.TryGetStatus(below, out var found) && !form.LeavesOut(below, found))
            {
                await WriteAsync(path, entry.NameBytes, below, found, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask WriteAsync(
        byte[] directory, byte[] name, byte[] path, FileStatus status, CancellationToken cancellationToken)
    {
        if (status.IsWhiteout)
        {
            if (form.IsLayer)
            {
                await WriteMarkAsync(directory, [.. ".wh."u8, .. name], cancellationToken).ConfigureAwait(false);
            }
        }
        else if (form.IsLayer && name.AsSpan().StartsWith(".wh."u8))
        {
            // In a layer such a name deletes what it names; there is no way to say that it is a file.
            NotRepresentable(logger, Encoding.UTF8.GetString(path));
        }
        else if (status.Kind == FileKind.Directory)
        {
            _directories.Push(path);
        }
        else if (status.Kind is not (FileKind.Socket or FileKind.Unknown))
        {
            // Sockets mean nothing without the process that listens (image-formats, section 3).
            await WriteFileAsync(path, status, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteFileAsync(byte[] path, FileStatus status, CancellationToken cancellationToken)
    {
        var inode = (status.Device, status.Inode);
        if (status.LinkCount > 1 && _links.TryGetValue(inode, out var first))
        {
            await tar.BeginAsync(TreeEntry.Link(path, first, status), cancellationToken).ConfigureAwait(false);
        }
        else if (await _files.TryWriteAsync(path, status, cancellationToken).ConfigureAwait(false))
        {
            if (status.LinkCount > 1)
            {
                _links[inode] = path;
            }
        }
        else
        {
            return;
        }

        Entries++;
    }

    private ValueTask WriteMarkAsync(byte[] directory, byte[] mark, CancellationToken cancellationToken)
    {
        Entries++;
        byte[] name = directory.Length == 0 ? mark : [.. directory, (byte)'/', .. mark];
        return tar.BeginAsync(TreeEntry.Mark(name), cancellationToken);
    }

    private IEnumerable<DirectoryEntry> List(byte[] path)
    {
        try
        {
            return root.List(path);
        }
        catch (LinuxException error) when (TreeFiles.IsGone(error))
        {
            return [];
        }
    }

    [LoggerMessage(
        315, LogLevel.Warning,
        "'{Path}' is not in the layer: its name begins with '.wh.', which in a layer deletes a file")]
    private static partial void NotRepresentable(ILogger logger, string path);
}
