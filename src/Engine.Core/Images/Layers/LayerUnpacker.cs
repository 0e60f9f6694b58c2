using Engine.Linux;
using Engine.Linux.Files;
using Engine.Oci.Layers;
using Engine.Oci.Layers.Tar;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images.Layers;

/// <summary>
/// Unpacks one layer's tar into a directory of its own, in the form that overlayfs reads: white-outs are 0:0 character
/// devices, opaque directories carry an attribute. Nothing but that directory is ever written to, whatever names and
/// links the archive has: every path is resolved by the kernel inside it.
/// </summary>
/// <remarks>
/// The layers below are not needed for it, so that all layers of an image unpack at once; what does depend on them
/// (hard links to their files, directories that only they describe) is kept for <see cref="Finish"/>.
/// </remarks>
internal sealed partial class LayerUnpacker : IDisposable
{
    private readonly LayerTree _tree;
    private readonly LayerLimits _limits;
    private readonly EntryMetadata _metadata;
    private readonly FileWriter _files = new();

    // Directories' times are set last: whatever is made in one changes them. The last entry of a name wins.
    private readonly Dictionary<string, FileTime> _directoryTimes = new(StringComparer.Ordinal);
    private readonly List<(byte[] Path, byte[] Target)> _linksBelow = [];
    private bool _isRootDescribed;
    private long _entries;

    public LayerUnpacker(string directory, LayerLimits limits, ILogger logger)
    {
        _tree = new LayerTree(RootedDirectory.Open(directory));
        _limits = limits;
        _metadata = new EntryMetadata(logger);
    }

    /// <summary>The bytes of content written so far; holes do not count.</summary>
    public long Bytes { get; private set; }

    /// <summary>True when <see cref="Finish"/> needs the layers below.</summary>
    public bool NeedsLower => _linksBelow.Count > 0 || _tree.Implied.Count > 0 || !_isRootDescribed;

    /// <summary>Unpacks every entry.</summary>
    /// <param name="archive">The uncompressed tar.</param>
    /// <param name="progress">Told after each entry.</param>
    /// <param name="cancellationToken">Ends the work between two pieces.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidArchive"/>, <see cref="EngineErrorReason.ArchiveEscapesRoot"/>,
    /// <see cref="EngineErrorReason.InputTooLarge"/>, <see cref="EngineErrorReason.DiskFull"/>.
    /// </exception>
    public void Unpack(Stream archive, Action? progress, CancellationToken cancellationToken)
    {
        // A container's root is open to everybody, however strict the engine's umask is; an entry for it may say
        // otherwise.
        _tree.Root.SetMode([], 0x1ED /* 0755 */);

        // Some builders' layers just stop; the diff id vouches for their content.
        var reader = new TarReader(archive, TarLimits.Default with { RequireEndMarker = false });
        while (reader.Next() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Count(entry);
            try
            {
                Unpack(entry, reader, cancellationToken);
            }
            catch (LinuxException error)
            {
                throw EntryFault.Of(entry, error);
            }

            progress?.Invoke();
        }
    }

    /// <summary>Does what had to wait for the layers below, and sets the times of directories.</summary>
    /// <param name="lower">The layers below; null when there are none.</param>
    public void Finish(LowerLayers? lower)
    {
        foreach (var (path, target) in _linksBelow)
        {
            try
            {
                LinkBelow(path, target, lower);
            }
            catch (LinuxException error)
            {
                throw LinkFault(path, target, $"which cannot be linked to: {error.Message.TrimEnd('.')}", error);
            }
        }

        if (!_isRootDescribed)
        {
            // As Docker: a layer that says nothing of its root leaves it as it was.
            lower?.CopyDirectoryMetadata([], _tree.Root);
        }

        foreach (var key in _tree.Implied)
        {
            lower?.CopyDirectoryMetadata(LayerTree.Path(key), _tree.Root);
        }

        foreach (var (key, time) in _directoryTimes)
        {
            // It may have been replaced since, or be reached by a link that is another one now.
            var path = LayerTree.Path(key);
            if (_tree.Root.TryGetStatus(path, out var status) && status.Kind == FileKind.Directory)
            {
                _tree.Root.SetTimes(path, time, time);
            }
        }
    }

    public void Dispose() => _tree.Dispose();

    private void Unpack(TarEntry entry, TarReader reader, CancellationToken cancellationToken)
    {
        var clean = LayerPath.Clean(entry.Name);
        var whiteOut = WhiteOut.Classify(clean);
        switch (whiteOut.Kind)
        {
            case WhiteOutKind.Removed:
                _tree.WhiteOut(whiteOut.Target.Span);
                return;
            case WhiteOutKind.Opaque:
                _tree.MakeOpaque(whiteOut.Target.Span);
                return;
            case WhiteOutKind.Ignored:
                return;
            default:
                break;
        }

        if (clean.IsEmpty)
        {
            UnpackRoot(entry);
            return;
        }

        _tree.EnsureParents(clean.Span);
        switch (entry.Type)
        {
            case TarEntryType.File:
                UnpackFile(entry, clean.Span, reader, cancellationToken);
                break;
            case TarEntryType.Directory:
                _tree.MakeDirectory(clean.Span);
                DescribeDirectory(entry, clean.Span);
                break;
            case TarEntryType.HardLink:
                UnpackHardLink(entry, clean);
                break;
            case TarEntryType.SymbolicLink:
                _tree.Replace(
                    clean.Span, entry,
                    static (root, path, link) => root.CreateSymbolicLink(path, link.LinkName.Span));
                _metadata.ApplyToLink(entry, clean.Span, _tree.Root);
                break;
            case TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo:
                _tree.Replace(clean.Span, entry, static (root, path, entry) => root.CreateNode(
                    path, NodeKind(entry.Type), 0, new DeviceNumber(entry.DeviceMajor, entry.DeviceMinor)));
                _metadata.Apply(entry, clean.Span, _tree.Root);
                break;
            default:
                // Sockets and what else has no meaning on another machine.
                _metadata.Skipped(entry);
                break;
        }
    }

    private void UnpackRoot(TarEntry entry)
    {
        if (entry.Type != TarEntryType.Directory)
        {
            throw LayerTree.Fault("the entry for its root is no directory");
        }

        _isRootDescribed = true;
        DescribeDirectory(entry, []);
    }

    private void DescribeDirectory(TarEntry entry, ReadOnlySpan<byte> path)
    {
        _metadata.ApplyWithoutTimes(entry, path, _tree.Root);
        _directoryTimes[LayerTree.Key(path)] = EntryMetadata.TimeOf(entry);
    }

    private void UnpackFile(
        TarEntry entry, ReadOnlySpan<byte> path, TarReader reader, CancellationToken cancellationToken)
    {
        using var file = _tree.CreateFile(path);
        _files.Write(entry, reader, file, cancellationToken);
        _metadata.Apply(entry, file);
    }

    private void Count(TarEntry entry)
    {
        if (++_entries > _limits.MaxEntries)
        {
            throw TooLarge($"it has more than {_limits.MaxEntries} entries");
        }

        Bytes += entry.StoredSize;
        if (Bytes > _limits.MaxBytes)
        {
            throw TooLarge($"it unpacks to more than {_limits.MaxBytes} bytes");
        }
    }

    private static FileKind NodeKind(TarEntryType type) => type switch
    {
        TarEntryType.CharacterDevice => FileKind.CharacterDevice,
        TarEntryType.BlockDevice => FileKind.BlockDevice,
        _ => FileKind.Fifo,
    };

    private static EngineException TooLarge(string fault) => new(
        EngineErrorCode.LimitExceeded, EngineErrorReason.InputTooLarge,
        $"The layer is over the engine's limit: {fault}.");
}
