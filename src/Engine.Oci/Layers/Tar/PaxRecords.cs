namespace Engine.Oci.Layers.Tar;

/// <summary>
/// Takes extended headers apart: records of <c>length key=value\n</c>, where the value may be any bytes (POSIX pax).
/// </summary>
internal static class PaxRecords
{
    public static void Read(ReadOnlyMemory<byte> data, Action<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> record)
    {
        while (!data.IsEmpty)
        {
            ReadOnlySpan<byte> span = data.Span;
            int space = span[..Math.Min(span.Length, 12)].IndexOf((byte)' ');
            if (space <= 0 || !TarNumber.TryReadDecimal(span[..space], out long length)
                || length <= space + 1 || length > span.Length || span[(int)length - 1] != (byte)'\n')
            {
                throw TarFault.Invalid("a record of an extended header has a wrong length");
            }

            int equals = span[..(int)length].IndexOf((byte)'=');
            if (equals <= space + 1)
            {
                throw TarFault.Invalid("a record of an extended header has no key");
            }

            record(data[(space + 1)..equals], data[(equals + 1)..((int)length - 1)]);
            data = data[(int)length..];
        }
    }
}
