using System.Text;

namespace Engine.Shell.Commands.Items;

/// <summary>Opens files the way the content cmdlets share.</summary>
internal static class TextFile
{
    /// <summary>
    /// A writer on a new, replaced or continued file; <paramref name="force"/> overrides the read-only attribute.
    /// </summary>
    public static StreamWriter OpenWriter(string path, bool append, Encoding encoding, bool force)
    {
        if (force && File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
        {
            File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
        }

        var mode = append ? FileMode.Append : FileMode.Create;
        var stream = new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite);
        // A byte order mark belongs at a file's beginning only.
        return new StreamWriter(stream, append && stream.Position > 0 ? WithoutMark(encoding) : encoding);
    }

    private static Encoding WithoutMark(Encoding encoding) =>
        encoding is UTF8Encoding ? EncodingArgumentAttribute.Default : encoding;
}
