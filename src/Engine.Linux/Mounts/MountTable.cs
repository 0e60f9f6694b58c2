using System.Buffers.Text;
using System.Text;
using Engine.Linux.Files;

namespace Engine.Linux.Mounts;

/// <summary>The mounts that this process sees, in the order they were made, as of one moment.</summary>
public sealed class MountTable
{
    private MountTable(IReadOnlyList<MountEntry> mounts) => Mounts = mounts;

    /// <summary>All mounts. A mount that lies on top of another at the same place comes after it.</summary>
    public IReadOnlyList<MountEntry> Mounts { get; }

    /// <summary>Reads the kernel's table.</summary>
    public static MountTable Read() => Parse(File.ReadAllBytes("/proc/self/mountinfo"));

    /// <summary>Reads a table from the text of a mountinfo file. Lines that are cut short or malformed are left out.</summary>
    public static MountTable Parse(ReadOnlySpan<byte> text)
    {
        List<MountEntry> mounts = [];
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (ParseLine(line) is { } mount)
            {
                mounts.Add(mount);
            }
        }

        return new MountTable(mounts);
    }

    /// <summary>The mount on top at a place, or null.</summary>
    public MountEntry? At(string path) => Mounts.LastOrDefault(mount => mount.MountPoint == path);

    /// <summary>The mounts at and below a place, each after the one that it lies on.</summary>
    public IReadOnlyList<MountEntry> Under(string path)
    {
        string prefix = path.EndsWith('/') ? path : path + "/";
        string self = prefix.Length == 1 ? prefix : prefix[..^1];
        return [.. Mounts.Where(mount => mount.MountPoint == self || mount.MountPoint.StartsWith(prefix, StringComparison.Ordinal))];
    }

    private static MountEntry? ParseLine(ReadOnlySpan<byte> line)
    {
        if (!Number(ref line, ' ', out int id) || !Number(ref line, ' ', out int parent)
            || !Number(ref line, ':', out int major) || !Number(ref line, ' ', out int minor))
        {
            return null;
        }

        string root = Field(ref line);
        string mountPoint = Field(ref line);
        string options = Field(ref line);

        // Optional fields ("shared:1 master:2 …") end with a field that is a lone hyphen.
        while (!line.IsEmpty && !line.StartsWith("- "u8))
        {
            _ = Field(ref line);
        }

        if (line.IsEmpty)
        {
            return null;
        }

        line = line[2..];
        string type = Field(ref line);
        string source = Field(ref line);
        return new MountEntry(
            id, parent, new DeviceNumber((uint)major, (uint)minor), root, mountPoint, options, type, source, Field(ref line));
    }

    private static bool Number(ref ReadOnlySpan<byte> line, char end, out int value)
    {
        if (!Utf8Parser.TryParse(line, out value, out int used) || used >= line.Length || line[used] != end)
        {
            return false;
        }

        line = line[(used + 1)..];
        return true;
    }

    private static string Field(ref ReadOnlySpan<byte> line)
    {
        int space = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> field = space < 0 ? line : line[..space];
        line = space < 0 ? [] : line[(space + 1)..];
        return field.Contains((byte)'\\') ? Unescape(field) : Encoding.UTF8.GetString(field);
    }

    /// <summary>Space, tab, newline and backslash come as three octal digits after a backslash.</summary>
    private static string Unescape(ReadOnlySpan<byte> field)
    {
        byte[] plain = new byte[field.Length];
        int length = 0;
        for (int i = 0; i < field.Length; i++)
        {
            bool escaped = field[i] == '\\' && i + 3 < field.Length && IsOctal(field[i + 1]) && IsOctal(field[i + 2]) && IsOctal(field[i + 3]);
            plain[length++] = escaped ? (byte)(((field[i + 1] - '0') << 6) | ((field[i + 2] - '0') << 3) | (field[i + 3] - '0')) : field[i];
            i += escaped ? 3 : 0;
        }

        return Encoding.UTF8.GetString(plain, 0, length);
    }

    private static bool IsOctal(byte digit) => digit is >= (byte)'0' and <= (byte)'7';
}
