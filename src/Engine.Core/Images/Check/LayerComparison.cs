using System.Text;
using Engine.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Engine.Core.Images.Check;

/// <summary>
/// Finds where the files of a layer differ from those that its blob unpacks to. Directories' times do not count: one that
/// no entry of the archive describes has the time at which it was made.
/// </summary>
internal sealed class LayerComparison : IDisposable
{
    private const int BufferSize = 1 << 20;

    private readonly RootedDirectory _expected;
    private readonly RootedDirectory _actual;
    private readonly byte[] _ours = new byte[BufferSize];
    private readonly byte[] _theirs = new byte[BufferSize];

    // Hard links: the first name of each file that has several, here and there.
    private readonly Dictionary<ulong, (ulong Inode, string Name)> _links = [];

    private LayerComparison(string expected, string actual)
    {
        _expected = RootedDirectory.Open(expected);
        _actual = RootedDirectory.Open(actual);
    }

    /// <summary>The first difference, in words; null when there is none.</summary>
    public static string? FirstDifference(string expected, string actual, CancellationToken cancellationToken)
    {
        using var comparison = new LayerComparison(expected, actual);
        return comparison.Run(cancellationToken);
    }

    public void Dispose()
    {
        _expected.Dispose();
        _actual.Dispose();
    }

    private string? Run(CancellationToken cancellationToken)
    {
        var directories = new Stack<byte[]>([[]]);
        while (directories.TryPop(out var directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var theirs = Names(_actual, directory);
            foreach (var name in Names(_expected, directory))
            {
                byte[] path = [.. directory, .. name];
                if (!theirs.Remove(name))
                {
                    return $"'{Shown(path)}' is missing";
                }

                if (Difference(path, out var isDirectory, cancellationToken) is { } difference)
                {
                    return $"'{Shown(path)}' has {difference}";
                }

                if (isDirectory)
                {
                    directories.Push([.. path, (byte)'/']);
                }
            }

            if (theirs.Count > 0)
            {
                return $"'{Shown([.. directory, .. theirs.First()])}' should not be there";
            }
        }

        return Difference([], out _, cancellationToken) is { } root ? $"the root has {root}" : null;
    }

    private string? Difference(byte[] path, out bool isDirectory, CancellationToken cancellationToken)
    {
        var expected = _expected.GetStatus(path);
        var actual = _actual.GetStatus(path);
        isDirectory = expected.Kind == FileKind.Directory;
        return expected.Kind != actual.Kind ? "another type"
            : expected.Mode != actual.Mode ? "another mode"
            : (expected.UserId, expected.GroupId) != (actual.UserId, actual.GroupId) ? "another owner"
            : expected.RepresentedDevice != actual.RepresentedDevice ? "another device number"
            : !isDirectory && expected.ModificationTime != actual.ModificationTime ? "another modification time"
            : !isDirectory && expected.Size != actual.Size ? "another length"
            : !isDirectory && Links(path, expected, actual) is { } links ? links
            : AttributesDiffer(path) ? "other extended attributes"
            : expected.Kind == FileKind.SymbolicLink && !_expected.ReadLink(path).AsSpan().SequenceEqual(_actual.ReadLink(path))
                ? "another target"
            : expected.Kind == FileKind.Regular && ContentDiffers(path, cancellationToken) ? "other content"
            : null;
    }

    private string? Links(byte[] path, FileStatus expected, FileStatus actual)
    {
        if (expected.LinkCount != actual.LinkCount)
        {
            return "another number of links";
        }

        if (expected.LinkCount == 1 || _links.TryAdd(expected.Inode, (actual.Inode, Shown(path))))
        {
            return null;
        }

        var (inode, name) = _links[expected.Inode];
        return inode == actual.Inode ? null : $"to be the same file as '{name}'";
    }

    private bool AttributesDiffer(byte[] path)
    {
        var names = _expected.ListAttributes(path).Order(StringComparer.Ordinal).ToList();
        return !names.SequenceEqual(_actual.ListAttributes(path).Order(StringComparer.Ordinal))
            || names.Select(Encoding.UTF8.GetBytes).Any(name =>
                !_expected.GetAttribute(path, name).AsSpan().SequenceEqual(_actual.GetAttribute(path, name)));
    }

    private bool ContentDiffers(byte[] path, CancellationToken cancellationToken)
    {
        using var ours = _expected.OpenFile(path);
        using var theirs = _actual.OpenFile(path);
        for (long at = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = Read(ours, _ours, at);
            if (Read(theirs, _theirs, at) != read || !_ours.AsSpan(0, read).SequenceEqual(_theirs.AsSpan(0, read)))
            {
                return true;
            }

            if (read == 0)
            {
                return false;
            }

            at += read;
        }
    }

    private static int Read(SafeFileHandle file, byte[] buffer, long at)
    {
        var total = 0;
        int read;
        do
        {
            read = RandomAccess.Read(file, buffer.AsSpan(total), at + total);
            total += read;
        }
        while (read > 0 && total < buffer.Length);
        return total;
    }

    private static HashSet<byte[]> Names(RootedDirectory root, byte[] directory) =>
        root.List(directory).Select(entry => entry.NameBytes).ToHashSet(ByteNames.Instance);

    private static string Shown(byte[] path) => "/" + Encoding.UTF8.GetString(path);

    private sealed class ByteNames : IEqualityComparer<byte[]>
    {
        public static ByteNames Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] name)
        {
            var hash = new HashCode();
            hash.AddBytes(name);
            return hash.ToHashCode();
        }
    }
}
