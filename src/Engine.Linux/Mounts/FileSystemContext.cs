using System.Text;
using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Mounts;

/// <summary>
/// A file system being configured: fsopen(2), fsconfig(2), fsmount(2), move_mount(2), since Linux 5.2. Unlike mount(2) it
/// has no limit on the options together, and the kernel says in words what it did not like.
/// </summary>
internal sealed unsafe class FileSystemContext : IDisposable
{
    private const nint CloseOnExec = 1;
    private const nint SetFlagCommand = 0;
    private const nint SetStringCommand = 1;
    private const nint CreateCommand = 6;
    private const nint EmptyFromPath = 4;

    private readonly SafeFileHandle _context;

    private FileSystemContext(SafeFileHandle context) => _context = context;

    internal static FileSystemContext Open(string type)
    {
        fixed (byte* name = Utf8Path.Terminated(type))
        {
            nint fd = Syscall.Invoke(Syscall.FsOpen, (nint)name, CloseOnExec);
            return fd < 0 ? throw LinuxError.FromLast("fsopen", type) : new FileSystemContext(new SafeFileHandle(fd, ownsHandle: true));
        }
    }

    internal bool TrySetString(string key, string value, out int error)
    {
        fixed (byte* k = Utf8Path.Terminated(key))
        fixed (byte* v = Utf8Path.Terminated(value))
        {
            bool done = Syscall.Invoke(Syscall.FsConfig, Fd, SetStringCommand, (nint)k, (nint)v) == 0;
            error = done ? 0 : LinuxError.Last;
            return done;
        }
    }

    internal void SetString(string key, string value, string about)
    {
        if (!TrySetString(key, value, out int error))
        {
            throw Failure(error, "fsconfig", about);
        }
    }

    internal void SetFlag(string key, string about)
    {
        fixed (byte* k = Utf8Path.Terminated(key))
        {
            if (Syscall.Invoke(Syscall.FsConfig, Fd, SetFlagCommand, (nint)k) != 0)
            {
                throw Failure(LinuxError.Last, "fsconfig", about);
            }
        }
    }

    /// <summary>Makes the file system and attaches it at a directory.</summary>
    internal void Attach(string target, MountAttributes attributes)
    {
        if (Syscall.Invoke(Syscall.FsConfig, Fd, CreateCommand) != 0)
        {
            throw Failure(LinuxError.Last, "fsconfig", target);
        }

        nint mount = Syscall.Invoke(Syscall.FsMount, Fd, CloseOnExec, (nint)(uint)attributes);
        if (mount < 0)
        {
            throw Failure(LinuxError.Last, "fsmount", target);
        }

        using SafeFileHandle handle = new(mount, ownsHandle: true);
        MoveTo(handle, target);
    }

    /// <summary>Attaches a detached mount at a directory.</summary>
    internal static void MoveTo(SafeFileHandle mount, string target)
    {
        fixed (byte* empty = "\0"u8)
        fixed (byte* to = Utf8Path.Terminated(target))
        {
            if (Syscall.Invoke(Syscall.MoveMount, mount.DangerousGetHandle(), (nint)empty, AT_FDCWD, (nint)to, EmptyFromPath) != 0)
            {
                throw MountCall.Failure(LinuxError.Last, "move_mount", target, null);
            }
        }
    }

    internal Exception Failure(int error, string call, string about) => MountCall.Failure(error, call, about, KernelMessages());

    public void Dispose() => _context.Dispose();

    private nint Fd => _context.DangerousGetHandle();

    /// <summary>The context's descriptor gives one line a read, "e overlay: …", until ENODATA.</summary>
    private string? KernelMessages()
    {
        List<string> lines = [];
        Span<byte> buffer = stackalloc byte[1024];
        fixed (byte* b = buffer)
        {
            for (long got = read((int)Fd, b, buffer.Length); got > 0; got = read((int)Fd, b, buffer.Length))
            {
                lines.Add(Encoding.UTF8.GetString(buffer[..(int)got]).Trim());
            }
        }

        return lines.Count == 0 ? null : string.Join("; ", lines);
    }
}
