using System.Text;
using Engine.Linux;
using Engine.Linux.Files;
using Engine.Oci;
using Microsoft.Win32.SafeHandles;

namespace Engine.Core.Images.Layers;

/// <summary>
/// The directory that a layer is unpacked into, and what is known of it without asking the disk: which directories are
/// there, which of them no entry described, and where white-outs are. Paths are clean: no leading slash, no dots.
/// </summary>
internal sealed class LayerTree(RootedDirectory root) : IDisposable
{
    /// <summary>Makes an entry, and fails with EEXIST when the name is taken.</summary>
    public delegate void Make<T>(RootedDirectory root, ReadOnlySpan<byte> path, T argument);

    private const uint ImpliedMode = 0x1ED; // 0755

    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _implied = new(StringComparer.Ordinal);
    private readonly HashSet<string> _whiteouts = new(StringComparer.Ordinal);

    public RootedDirectory Root => root;

    /// <summary>
    /// The directories that were made because something is in them: the layers below say what they are like.
    /// </summary>
    public IReadOnlyCollection<string> Implied => _implied;

    /// <summary>Bytes and keys are the same text: Latin-1 has a character for each byte.</summary>
    public static string Key(ReadOnlySpan<byte> path) => Encoding.Latin1.GetString(path);

    public static byte[] Path(string key) => Encoding.Latin1.GetBytes(key);

    /// <summary>Makes the directories above a path that are missing, and tells the parent's own path.</summary>
    public void EnsureParents(ReadOnlySpan<byte> path)
    {
        var slash = path.LastIndexOf((byte)'/');
        if (slash <= 0 || _directories.Contains(Key(path[..slash])))
        {
            return;
        }

        var parent = path[..slash];
        EnsureParents(parent);
        if (!root.TryGetStatus(parent, out var status))
        {
            root.CreateDirectory(parent, ImpliedMode);
            MarkImplied(parent);
        }
        else if (status.Kind == FileKind.Directory)
        {
            _directories.Add(Key(parent));
        }
        else if (_whiteouts.Contains(Key(parent)))
        {
            // Something below a name that the same layer has deleted: the name is a new directory.
            root.RemoveFile(parent);
            root.CreateDirectory(parent, ImpliedMode);
            MarkImplied(parent);
            MarkOpaque(parent);
        }
        else if (status.Kind != FileKind.SymbolicLink)
        {
            throw Fault($"'{Shown.Text(path)}' is below '{Shown.Text(parent)}', which is no directory");
        }

        // A symbolic link is followed inside the layer by whatever is done next, and leads nowhere else.
    }

    /// <summary>Makes a directory, or keeps the one that is there, for an entry that describes it.</summary>
    public void MakeDirectory(ReadOnlySpan<byte> path)
    {
        var key = Key(path);
        _implied.Remove(key);
        if (_directories.Contains(key))
        {
            return;
        }

        if (!root.TryCreateDirectory(path, ImpliedMode) && root.GetStatus(path).Kind != FileKind.Directory)
        {
            var deleted = _whiteouts.Contains(key);
            Clear(path);
            root.CreateDirectory(path, ImpliedMode);
            if (deleted)
            {
                MarkOpaque(path);
            }
        }

        _directories.Add(key);
    }

    /// <summary>Makes a file; what has the name already goes, with all that is below it.</summary>
    public SafeFileHandle CreateFile(ReadOnlySpan<byte> path)
    {
        try
        {
            return root.CreateFile(path);
        }
        catch (LinuxException error) when (error.AlreadyExists)
        {
            Clear(path);
            return root.CreateFile(path);
        }
    }

    /// <summary>
    /// Makes something that is no directory; what has the name already goes, with all that is below it.
    /// </summary>
    public void Replace<T>(ReadOnlySpan<byte> path, T argument, Make<T> make)
    {
        try
        {
            make(root, path, argument);
        }
        catch (LinuxException error) when (error.AlreadyExists)
        {
            Clear(path);
            make(root, path, argument);
        }
    }

    /// <summary>
    /// Deletes a name of the layers below. What this layer itself has under the name stays (image-spec, layer.md,
    /// "Whiteouts"), whichever of the two comes first.
    /// </summary>
    public void WhiteOut(ReadOnlySpan<byte> path)
    {
        EnsureParents(path);
        if (!root.TryGetStatus(path, out var status))
        {
            root.CreateWhiteout(path);
            _whiteouts.Add(Key(path));
        }
        else if (status.Kind == FileKind.Directory)
        {
            MarkOpaque(path);
        }
    }

    /// <summary>Hides everything that the layers below have in a directory.</summary>
    public void MakeOpaque(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
        {
            MarkOpaque(path);
            return;
        }

        EnsureParents(path);
        if (!_directories.Contains(Key(path)))
        {
            if (root.TryCreateDirectory(path, ImpliedMode))
            {
                MarkImplied(path);
            }
            else if (root.GetStatus(path).Kind != FileKind.Directory)
            {
                throw Fault($"'{Shown.Text(path)}' is marked as opaque, but is no directory");
            }
        }

        MarkOpaque(path);
    }

    public bool IsWhiteout(ReadOnlySpan<byte> path) => _whiteouts.Contains(Key(path));

    public void Dispose() => root.Dispose();

    public static EngineException Fault(string fault, Exception? cause = null) => new(
        EngineErrorCode.Corrupt, EngineErrorReason.InvalidArchive, $"The layer cannot be unpacked: {fault}.", null,
        cause);

    private void MarkImplied(ReadOnlySpan<byte> path)
    {
        // mkdir(2) takes the process' umask away; these directories are 0755 wherever the engine runs.
        root.SetMode(path, ImpliedMode);
        _implied.Add(Key(path));
        _directories.Add(Key(path));
    }

    private void MarkOpaque(ReadOnlySpan<byte> path) => root.SetAttribute(path, LayerAttributes.Opaque, "y"u8);

    private void Clear(ReadOnlySpan<byte> path)
    {
        root.RemoveTree(path);
        var key = Key(path);
        if (_directories.Contains(key))
        {
            var below = key + "/";
            _directories.RemoveWhere(known => known == key || known.StartsWith(below, StringComparison.Ordinal));
            _implied.RemoveWhere(known => known == key || known.StartsWith(below, StringComparison.Ordinal));
            _whiteouts.RemoveWhere(known => known.StartsWith(below, StringComparison.Ordinal));
        }

        _whiteouts.Remove(key);
    }
}
