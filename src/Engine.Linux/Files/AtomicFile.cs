using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Engine.Linux.Files;

/// <summary>
/// Replaces a whole file so that a reader, or a machine that comes back after a power cut, sees the old content or the
/// new, never a part: written beside it, flushed, renamed over it, and the directory flushed too.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">The file; its directory must be there.</param>
    /// <param name="content">All of the new content.</param>
    /// <param name="mode">The permission bits, as given.</param>
    /// <param name="durable">False leaves out the flushes, for files that a reboot makes worthless anyway (under /run).</param>
    public static void Write(string path, ReadOnlySpan<byte> content, uint mode = 0x180 /* 0600 */, bool durable = true)
    {
        string directoryPath = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        using RootedDirectory directory = RootedDirectory.Open(directoryPath);
        byte[] name = Encoding.UTF8.GetBytes(Path.GetFileName(path));
        byte[] temporary = [.. "."u8, .. Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(16, lowercase: true)), .. ".tmp"u8];
        try
        {
            using (SafeFileHandle file = directory.CreateFile(temporary, mode))
            {
                file.SetMode(mode);
                file.WriteAt(content, 0);
                if (durable)
                {
                    file.Flush();
                }
            }

            directory.Rename(temporary, name);
        }
        catch
        {
            directory.RemoveFile(temporary);
            throw;
        }

        if (durable)
        {
            directory.Flush();
        }
    }

    /// <summary>Puts the names in a directory on the disk, after files were made, renamed or removed in it.</summary>
    public static void FlushDirectory(string path)
    {
        using RootedDirectory directory = RootedDirectory.Open(path);
        directory.Flush();
    }
}
