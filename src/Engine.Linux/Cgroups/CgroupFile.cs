using System.Globalization;
using System.Text;
using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Cgroups;

/// <summary>The files of a control group. Any of them can vanish with its group at any time.</summary>
internal static unsafe class CgroupFile
{
    internal static IReadOnlyList<string> ReadLines(string directory, string file)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(directory, file));
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException || exception.HResult == ENODEV)
        {
            // ENODEV: the group was removed while the file was open.
            return [];
        }
    }

    /// <summary>The number behind a key in a file of "key number" lines.</summary>
    internal static long? ReadKey(string directory, string file, string key)
    {
        foreach (string line in ReadLines(directory, file))
        {
            if (line.StartsWith(key, StringComparison.Ordinal) && line.Length > key.Length && line[key.Length] == ' '
                && long.TryParse(line.AsSpan(key.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Writes a value; false when the file, or the group, is not there.</summary>
    internal static bool TryWrite(string directory, string file, string value)
    {
        string path = Path.Combine(directory, file);
        fixed (byte* name = Utf8Path.Terminated(path))
        {
            int fd = open(name, O_WRONLY | O_CLOEXEC, 0);
            if (fd < 0)
            {
                return LinuxError.Last == ENOENT ? false : throw LinuxError.FromLast("open", path);
            }

            using SafeFileHandle handle = new(fd, ownsHandle: true);
            byte[] bytes = Encoding.ASCII.GetBytes(value);
            fixed (byte* b = bytes)
            {
                // In one write: a control file takes each write as a whole command.
                return write(fd, b, bytes.Length) == bytes.Length
                    || (LinuxError.Last == ENODEV ? false : throw LinuxError.FromLast("write", path));
            }
        }
    }

    internal static void RemoveDirectory(string directory)
    {
        fixed (byte* name = Utf8Path.Terminated(directory))
        {
            if (rmdir(name) != 0 && LinuxError.Last != ENOENT)
            {
                throw LinuxError.FromLast("rmdir", directory);
            }
        }
    }
}
