namespace Engine.Linux.Files;

/// <summary>A device's number.</summary>
/// <param name="Major">The driver, 0 to 4095.</param>
/// <param name="Minor">The device of that driver, 0 to 1,048,575.</param>
public readonly record struct DeviceNumber(uint Major, uint Minor)
{
    /// <summary>dev_t as the C library packs it (makedev(3)): both halves are split, or minors above 255 would be lost.</summary>
    internal ulong Packed =>
        ((ulong)(Major & 0xFFFFF000) << 32) | ((ulong)(Major & 0xFFF) << 8) | ((ulong)(Minor & 0xFFFFFF00) << 12) | (Minor & 0xFF);

    /// <inheritdoc/>
    public override string ToString() => $"{Major}:{Minor}";
}
