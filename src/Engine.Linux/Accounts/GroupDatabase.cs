using System.Runtime.InteropServices;

namespace Engine.Linux.Accounts;

/// <summary>The host's groups, as getgrnam(3) sees them: /etc/group and whatever else nsswitch.conf(5) names.</summary>
public static partial class GroupDatabase
{
    private const int OutOfRange = 34; // ERANGE: the buffer is too small for this group's members.

    /// <summary>The number of a group.</summary>
    /// <param name="name">The group's name.</param>
    /// <returns>The number, or null when the host has no such group.</returns>
    /// <exception cref="LinuxException">The database could not be read.</exception>
    public static unsafe uint? FindId(string name)
    {
        // A group of a directory service can have thousands of members; getgrnam_r says when the buffer is too small.
        for (var size = 4096; ; size *= 4)
        {
            var buffer = new byte[size];
            fixed (byte* bytes = buffer)
            {
                Entry entry;
                Entry* found;
                var error = GetGroup(name, &entry, bytes, (nuint)size, &found);
                if (error == 0)
                {
                    return found is null ? null : entry.Id;
                }

                if (error != OutOfRange || size > 64 << 20)
                {
                    throw LinuxError.From(error, "getgrnam_r", name);
                }
            }
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int GetGroup(string name, Entry* entry, byte* buffer, nuint size, Entry** found);

    // struct group of grp.h.
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Entry
    {
        public byte* Name;
        public byte* Password;
        public uint Id;
        public byte** Members;
    }
}
