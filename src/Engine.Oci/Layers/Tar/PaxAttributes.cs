using System.Text;

namespace Engine.Oci.Layers.Tar;

/// <summary>
/// What extended headers say of the entry that follows them; what is null or empty they leave to its header.
/// </summary>
/// <param name="global">What the archive's global headers said before, or null.</param>
internal sealed class PaxAttributes(PaxAttributes? global = null)
{
    // By name: an attribute that comes twice counts once, as it came last.
    private OrderedDictionary<string, TarXattr>? _xattrs;

    public ReadOnlyMemory<byte>? Path { get; private set; }

    public ReadOnlyMemory<byte>? LinkPath { get; private set; }

    public long? Size { get; private set; }

    public long? Uid { get => field ?? global?.Uid; private set; }

    public long? Gid { get => field ?? global?.Gid; private set; }

    public (long Seconds, int Nanoseconds)? Modified { get => field ?? global?.Modified; private set; }

    public long? DeviceMajor { get; private set; }

    public long? DeviceMinor { get; private set; }

    public PaxSparse? Sparse { get; private set; }

    public IReadOnlyList<TarXattr> Xattrs => _xattrs is null ? [] : [.. _xattrs.Values];

    /// <summary>Takes the records of a header for the next entry.</summary>
    public void Apply(ReadOnlyMemory<byte> data) => PaxRecords.Read(data, (key, value) =>
    {
        if (PaxXattr.TryRead(key, value) is { } xattr)
        {
            _xattrs ??= new OrderedDictionary<string, TarXattr>(StringComparer.Ordinal);
            _xattrs[Encoding.Latin1.GetString(xattr.Name.Span)] = xattr;
        }
        else if (!ApplyToAny(key, value))
        {
            ApplyLocal(key, value);
        }
    });

    /// <summary>
    /// Takes the records of a header for all entries that follow: owners and time. A name, a size or a map for all of
    /// them makes no sense, and only serves to make readers disagree.
    /// </summary>
    public void ApplyGlobal(ReadOnlyMemory<byte> data) => PaxRecords.Read(data, (key, value) => ApplyToAny(key, value));

    private bool ApplyToAny(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value)
    {
        ReadOnlySpan<byte> name = key.Span;
        if (name.SequenceEqual("uid"u8))
        {
            Uid = Number(key, value);
        }
        else if (name.SequenceEqual("gid"u8))
        {
            Gid = Number(key, value);
        }
        else if (name.SequenceEqual("mtime"u8))
        {
            Modified = Time(value);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ApplyLocal(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value)
    {
        ReadOnlySpan<byte> name = key.Span;
        if (name.SequenceEqual("path"u8))
        {
            Path = Name(value);
        }
        else if (name.SequenceEqual("linkpath"u8))
        {
            LinkPath = Name(value);
        }
        else if (name.SequenceEqual("size"u8))
        {
            Size = Number(key, value);
        }
        else if (name.SequenceEqual("SCHILY.devmajor"u8))
        {
            DeviceMajor = Number(key, value);
        }
        else if (name.SequenceEqual("SCHILY.devminor"u8))
        {
            DeviceMinor = Number(key, value);
        }
        else if (name.StartsWith("GNU.sparse."u8))
        {
            (Sparse ??= new PaxSparse()).Apply(name["GNU.sparse.".Length..], value);
        }
    }

    // An empty value takes back what an earlier header said.
    private static ReadOnlyMemory<byte>? Name(ReadOnlyMemory<byte> value) => value.IsEmpty ? null
        : value.Span.Contains((byte)0) ? throw TarFault.Invalid("a name in an extended header has a NUL byte")
        : value;

    private static long? Number(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) => value.IsEmpty ? null
        : TarNumber.TryReadDecimal(value.Span, out long number) ? number
        : throw TarFault.Invalid($"{Shown.Text(key.Span)} in an extended header is no number");

    private static (long Seconds, int Nanoseconds)? Time(ReadOnlyMemory<byte> value) => value.IsEmpty ? null
        : TarNumber.TryReadTime(value.Span, out long seconds, out int nanoseconds) ? (seconds, nanoseconds)
        : throw TarFault.Invalid("mtime in an extended header is no time");
}
