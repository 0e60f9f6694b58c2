using Engine.Linux.Files;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Processes;

/// <summary>
/// Takes a child's output in a memory file rather than a pipe: no thread has to read along, and nothing waits for the
/// child's own children to close their copy. The file cannot grow over its first size (F_SEAL_GROW), and how much of that
/// was used is the position that we share with the child.
/// </summary>
internal sealed unsafe class OutputCapture : IDisposable
{
    private const int AddSeals = 1033;
    private const int SealGrow = 4;

    private OutputCapture(SafeFileHandle handle) => Handle = handle;

    internal SafeFileHandle Handle { get; }

    internal static OutputCapture Create(int limit)
    {
        fixed (byte* name = "output\0"u8)
        {
            int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
            if (fd < 0)
            {
                throw LinuxError.FromLast("memfd_create");
            }

            SafeFileHandle handle = new(fd, ownsHandle: true);
            handle.SetLength(limit);
            return fcntl(fd, AddSeals, SealGrow) == 0 ? new OutputCapture(handle) : throw LinuxError.FromLast("fcntl");
        }
    }

    internal byte[] Read()
    {
        int fd = (int)Handle.DangerousGetHandle();
        off_t written = lseek(fd, 0, SEEK_CUR);
        byte[] content = new byte[(long)written];
        fixed (byte* b = content)
        {
            for (int at = 0; at < content.Length;)
            {
                long got = pread(fd, b + at, content.Length - at, at);
                if (got <= 0)
                {
                    throw LinuxError.FromLast("pread");
                }

                at += (int)got;
            }
        }

        return content;
    }

    public void Dispose() => Handle.Dispose();
}
