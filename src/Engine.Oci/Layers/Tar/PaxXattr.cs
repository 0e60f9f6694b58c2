using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Engine.Oci.Layers.Tar;

/// <summary>
/// Extended attributes in extended headers: <c>SCHILY.xattr.name</c> with the value as it is (star, GNU tar, Go), and
/// <c>LIBARCHIVE.xattr.name</c> with the name percent-encoded and the value in base64 (bsdtar, which writes both).
/// </summary>
internal static class PaxXattr
{
    // XATTR_NAME_MAX; a longer name can be set on no Linux file system.
    private const int MaxName = 255;

    private static ReadOnlySpan<byte> Schily => "SCHILY.xattr."u8;

    private static ReadOnlySpan<byte> Libarchive => "LIBARCHIVE.xattr."u8;

    public static TarXattr? TryRead(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value)
    {
        if (key.Span.StartsWith(Schily))
        {
            // GNU tar encodes the two characters that keys cannot have.
            return Checked(Decode(key.Span[Schily.Length..], static code => code is (byte)'=' or (byte)'%'), value);
        }

        if (!key.Span.StartsWith(Libarchive))
        {
            return null;
        }

        byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(value.Length) + 3];
        OperationStatus status = Base64.DecodeFromUtf8(Padded(value.Span), decoded, out _, out int length);
        return status == OperationStatus.Done
            ? Checked(Decode(key.Span[Libarchive.Length..], static _ => true), decoded.AsMemory(0, length))
            : throw TarFault.Invalid($"the extended attribute {Shown.Text(key.Span)} is not base64");
    }

    /// <summary>The key under which an attribute is written.</summary>
    public static byte[] KeyOf(ReadOnlySpan<byte> name)
    {
        var key = new List<byte>(Schily.Length + name.Length);
        key.AddRange(Schily);
        foreach (byte b in name)
        {
            // As GNU tar: a key ends at the first '='.
            key.AddRange(b switch
            {
                (byte)'=' => "%3D"u8,
                (byte)'%' => "%25"u8,
                _ => [b],
            });
        }

        return [.. key];
    }

    private static TarXattr Checked(byte[] name, ReadOnlyMemory<byte> value) =>
        name.Length is > 0 and <= MaxName && !name.Contains((byte)0)
            ? new TarXattr(name, value)
            : throw TarFault.Invalid($"'{Shown.Text(name)}' is no extended attribute's name");

    // libarchive leaves the padding out.
    private static byte[] Padded(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> bare = value.TrimEnd((byte)'=');
        return [.. bare, .. Encoding.ASCII.GetBytes(new string('=', (4 - (bare.Length % 4)) % 4))];
    }

    private static byte[] Decode(ReadOnlySpan<byte> name, Func<byte, bool> isEncoded)
    {
        var decoded = new List<byte>(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == (byte)'%' && i + 2 < name.Length
                && Utf8Parser.TryParse(name.Slice(i + 1, 2), out byte code, out int used, 'X')
                && used == 2 && isEncoded(code))
            {
                decoded.Add(code);
                i += 2;
            }
            else
            {
                decoded.Add(name[i]);
            }
        }

        return [.. decoded];
    }
}
