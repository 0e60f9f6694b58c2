namespace Engine.Oci.Layers.Tar;

/// <summary>
/// What extended headers say of a sparse file. GNU tar has three forms (its manual, "Storing Sparse Files"): 0.0
/// repeats
/// offset and numbytes for each part, 0.1 has one map, 1.0 keeps the map before the file's data.
/// </summary>
internal sealed class PaxSparse
{
    private readonly List<long> _map = [];

    public long? RealSize { get; private set; }

    public ReadOnlyMemory<byte>? Name { get; private set; }

    public long Major { get; private set; }

    public bool IsSparse => RealSize is not null || _map.Count > 0 || Major > 0;

    /// <summary>Offsets and lengths in turn; only for the forms 0.0 and 0.1.</summary>
    public IReadOnlyList<long> Map => _map;

    public void Apply(ReadOnlySpan<byte> key, ReadOnlyMemory<byte> value)
    {
        if (key.SequenceEqual("major"u8))
        {
            Major = Number(value.Span);
        }
        else if (key.SequenceEqual("size"u8) || key.SequenceEqual("realsize"u8))
        {
            RealSize = Number(value.Span);
        }
        else if (key.SequenceEqual("name"u8))
        {
            Name = value.Span.Contains((byte)0)
                ? throw TarFault.Invalid("a name in an extended header has a NUL byte")
                : value;
        }
        else if (key.SequenceEqual("offset"u8) || key.SequenceEqual("numbytes"u8))
        {
            // They come in turn; two of a kind would shift all that follows.
            if (key[0] == (byte)'o' != (_map.Count % 2 == 0))
            {
                throw TarFault.Invalid("the map of a sparse file is out of order");
            }

            _map.Add(Number(value.Span));
        }
        else if (key.SequenceEqual("map"u8))
        {
            _map.Clear();
            foreach (Range part in value.Span.Split((byte)','))
            {
                _map.Add(Number(value.Span[part]));
            }
        }
    }

    private static long Number(ReadOnlySpan<byte> value) =>
        !value.IsEmpty && TarNumber.TryReadDecimal(value, out long number)
            ? number
            : throw TarFault.Invalid("a number in the map of a sparse file is none");
}
