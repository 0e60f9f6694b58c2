using System.Buffers;
using System.Text;
using Engine.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <content>
/// Extended attributes. The l…xattr calls take only paths, so they get <c>/proc/self/fd/N/name</c> with the resolved
/// parent: the last component is not followed, and the part before it is our own descriptor.
/// </content>
public sealed unsafe partial class RootedDirectory
{
    /// <summary>XATTR_SIZE_MAX and XATTR_LIST_MAX of the kernel (xattr(7)).</summary>
    private const int AttributeSizeMax = 65536;

    /// <summary>Sets an extended attribute, such as <c>security.capability</c>. The value may hold any byte.</summary>
    /// <exception cref="LinuxException">The file system keeps none (ENOTSUP), or the value is over 64 KiB.</exception>
    public void SetAttribute(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        fixed (byte* p = DescriptorPath(path))
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        fixed (byte* v = value)
        {
            if (FileCalls.LSetXAttr(p, n, v, (nuint)value.Length, 0) != 0)
            {
                throw LinuxError.FromLast("lsetxattr", path);
            }
        }
    }

    /// <summary>The value of an extended attribute; null when the entry has none of that name, or cannot have any.</summary>
    public byte[]? GetAttribute(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name)
    {
        // Rented: it is asked for every directory of a layer, and a new buffer would be cleared each time.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(AttributeSizeMax);
        try
        {
            fixed (byte* p = DescriptorPath(path))
            fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
            fixed (byte* b = buffer)
            {
                nint length = FileCalls.LGetXAttr(p, n, b, AttributeSizeMax);
                return length >= 0
                    ? buffer[..(int)length]
                    : LinuxError.Last == ENODATA || LinuxError.Last == EOPNOTSUPP
                        ? null
                        : throw LinuxError.FromLast("lgetxattr", path);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The names of an entry's extended attributes; those that this process may not see are left out.</summary>
    public IReadOnlyList<string> ListAttributes(ReadOnlySpan<byte> path)
    {
        byte[] buffer = new byte[AttributeSizeMax];
        nint length;
        fixed (byte* p = DescriptorPath(path))
        fixed (byte* b = buffer)
        {
            length = FileCalls.LListXAttr(p, b, (nuint)buffer.Length);
        }

        if (length < 0)
        {
            return LinuxError.Last == EOPNOTSUPP ? [] : throw LinuxError.FromLast("llistxattr", path);
        }

        List<string> names = [];
        ReadOnlySpan<byte> rest = buffer.AsSpan(0, (int)length);
        while (rest.IndexOf((byte)0) is var end and >= 0)
        {
            names.Add(Encoding.UTF8.GetString(rest[..end]));
            rest = rest[(end + 1)..];
        }

        return names;
    }

    /// <summary>
    /// All extended attributes of an entry, in the order of their names; those that this process may not see are left
    /// out.
    /// </summary>
    public IReadOnlyList<(byte[] Name, byte[] Value)> ReadAttributes(ReadOnlySpan<byte> path)
    {
        // Nearly every entry has none or a few short ones; only for others the largest list that there can be is read.
        Span<byte> few = stackalloc byte[512];
        nint length;
        fixed (byte* p = DescriptorPath(path))
        fixed (byte* b = few)
        {
            length = FileCalls.LListXAttr(p, b, (nuint)few.Length);
            if (length < 0 && LinuxError.Last == ERANGE)
            {
                few = new byte[AttributeSizeMax];
                fixed (byte* all = few)
                {
                    length = FileCalls.LListXAttr(p, all, (nuint)few.Length);
                }
            }
        }

        if (length <= 0)
        {
            return length == 0 || LinuxError.Last == EOPNOTSUPP ? [] : throw LinuxError.FromLast("llistxattr", path);
        }

        var attributes = new SortedList<string, (byte[], byte[])>(StringComparer.Ordinal);
        foreach (Range range in few[..((int)length - 1)].Split((byte)0))
        {
            byte[] name = few[range].ToArray();
            if (GetAttribute(path, name) is { } value)
            {
                attributes[Encoding.Latin1.GetString(name)] = (name, value);
            }
        }

        return [.. attributes.Values];
    }

    /// <summary>Removes an extended attribute; one that is not there is no error.</summary>
    public void RemoveAttribute(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name)
    {
        fixed (byte* p = DescriptorPath(path))
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        {
            if (FileCalls.LRemoveXAttr(p, n) != 0 && LinuxError.Last != ENODATA)
            {
                throw LinuxError.FromLast("lremovexattr", path);
            }
        }
    }

    private byte[] DescriptorPath(ReadOnlySpan<byte> path)
    {
        int parent = ParentOrSelf(path, out ReadOnlySpan<byte> name);
        byte[] prefix = Encoding.ASCII.GetBytes($"/proc/self/fd/{parent}/");
        byte[] whole = new byte[prefix.Length + name.Length + 1];
        prefix.CopyTo(whole, 0);
        Utf8Path.Terminate(name, whole.AsSpan(prefix.Length));
        return whole;
    }
}
