namespace Engine.Core.Tests.Images;

/// <summary>Layers that no compression makes small.</summary>
internal static class RandomLayer
{
    /// <summary>A tar of a number of files of one mebibyte.</summary>
    public static byte[] Tar(int mebibytes, int seed = 1)
    {
        var random = new Random(seed);
        using var builder = new TarBuilder();
        var content = new byte[1 << 20];
        for (var i = 0; i < mebibytes; i++)
        {
            random.NextBytes(content);
            builder.Add(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, $"file{i}")
            {
                DataStream = new MemoryStream(content),
            });
        }

        return builder.ToArray();
    }
}
