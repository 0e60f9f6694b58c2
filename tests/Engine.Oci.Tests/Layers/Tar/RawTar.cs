using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Engine.Oci.Tests.Layers.Tar;

/// <summary>Builds archives block by block, also ones that no tool writes.</summary>
internal sealed class RawTar
{
    private readonly List<byte> _bytes = [];

    public static byte[] Header(string name, char type, long size, Action<byte[]>? change = null, bool gnu = false)
    {
        byte[] block = new byte[512];
        Encoding.UTF8.GetBytes(name).AsSpan()[..Math.Min(100, Encoding.UTF8.GetByteCount(name))].CopyTo(block);
        Octal(block, 100, 8, 0x1a4);
        Octal(block, 108, 8, 0);
        Octal(block, 116, 8, 0);
        Number(block, 124, 12, size);
        Octal(block, 136, 12, 0);
        block[156] = (byte)type;
        (gnu ? "ustar  \0"u8 : "ustar\u000000"u8).CopyTo(block.AsSpan(257));
        Octal(block, 329, 8, 0);
        Octal(block, 337, 8, 0);
        change?.Invoke(block);
        return WithChecksum(block);
    }

    public static byte[] WithChecksum(byte[] block)
    {
        block.AsSpan(148, 8).Fill((byte)' ');
        long sum = 0;
        foreach (byte b in block)
        {
            sum += b;
        }

        Octal(block, 148, 7, sum);
        return block;
    }

    public static void Octal(byte[] block, int at, int length, long value) =>
        Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(length - 1, '0') + "\0").CopyTo(block, at);

    public static void Number(byte[] block, int at, int length, long value)
    {
        if (value >= 0 && value < 1L << (3 * (length - 1)))
        {
            Octal(block, at, length, value);
            return;
        }

        block.AsSpan(at, length - 8).Fill(value < 0 ? (byte)0xff : (byte)0);
        BinaryPrimitives.WriteInt64BigEndian(block.AsSpan(at + length - 8), value);
        block[at] |= 0x80;
    }

    public static byte[] Record(string key, ReadOnlySpan<byte> value)
    {
        int bare = Encoding.UTF8.GetByteCount(key) + value.Length + 3;
        int length = bare + 1;
        while (length != bare + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length = bare + length.ToString(CultureInfo.InvariantCulture).Length;
        }

        return [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length} {key}=")), .. value, (byte)'\n'];
    }

    public static byte[] Record(string key, string value) => Record(key, Encoding.UTF8.GetBytes(value));

    public RawTar Block(byte[] block)
    {
        _bytes.AddRange(block);
        return this;
    }

    public RawTar Entry(string name, char type = '0', byte[]? content = null, Action<byte[]>? change = null, bool gnu = false) =>
        Block(Header(name, type, content?.Length ?? 0, change, gnu)).Data(content ?? []);

    public RawTar Pax(params byte[][] records) => Entry("pax", 'x', [.. records.SelectMany(record => record)]);

    public RawTar Data(byte[] content)
    {
        _bytes.AddRange(content);
        _bytes.AddRange(new byte[-content.Length & 511]);
        return this;
    }

    public byte[] End()
    {
        _bytes.AddRange(new byte[1024]);
        return [.. _bytes];
    }

    public byte[] Cut() => [.. _bytes];
}
