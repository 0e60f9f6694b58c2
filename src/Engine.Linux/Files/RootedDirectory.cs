using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>
/// A directory that nothing done through it can leave. Every path is resolved by openat2(2) below the directory's own
/// descriptor, so that no symbolic link, no <c>..</c>, and no race with somebody who swaps a directory for a link leads
/// outside. The last component of a path is never followed unless a member says so.
/// </summary>
/// <remarks>
/// Paths are bytes relative to the root; leading slashes and empty or <c>.</c> components mean nothing, as in a tar
/// archive. A path that ends in <c>..</c> is refused where something would be made or removed. The descriptors of the
/// parents used last are kept, so that consecutive entries of one directory resolve once. One instance serves one
/// thread at a time; <see cref="Duplicate"/> gives another thread its own.
/// </remarks>
public sealed unsafe partial class RootedDirectory : IDisposable
{
    private const ulong ResolveNoMagicLinks = 0x02;
    private const ulong ResolveNoSymlinks = 0x04;
    private const ulong ResolveBeneath = 0x08;
    private const ulong ResolveInRoot = 0x10;

    /// <summary>openat2 gives EAGAIN when a rename elsewhere raced with a <c>..</c> in the path; it asks to be tried again.</summary>
    private const int ResolveAttempts = 128;

    private readonly SafeFileHandle _root;
    private readonly int _rootFd;
    private readonly ulong _resolve;
    private readonly ParentCache _parents = new();

    private RootedDirectory(SafeFileHandle root, LinkResolution resolution)
    {
        _root = root;
        _rootFd = (int)root.DangerousGetHandle();
        Resolution = resolution;
        _resolve = ResolveNoMagicLinks | resolution switch
        {
            LinkResolution.Beneath => ResolveBeneath,
            LinkResolution.None => ResolveBeneath | ResolveNoSymlinks,
            _ => ResolveInRoot,
        };
    }

    /// <summary>What is done with symbolic links in the middle of a path.</summary>
    public LinkResolution Resolution { get; }

    /// <summary>Opens a directory as a root. The path to it is the engine's own and is resolved as usual.</summary>
    /// <exception cref="LinuxException">It is not there, or is no directory.</exception>
    public static RootedDirectory Open(string path, LinkResolution resolution = LinkResolution.InRoot)
    {
        fixed (byte* name = Utf8Path.Terminated(path))
        {
            int fd = openat(AT_FDCWD, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
            return fd < 0
                ? throw LinuxError.FromLast("open", path)
                : new RootedDirectory(new SafeFileHandle(fd, ownsHandle: true), resolution);
        }
    }

    /// <summary>A second handle on the same root, for another thread.</summary>
    public RootedDirectory Duplicate()
    {
        int fd = fcntl(_rootFd, F_DUPFD_CLOEXEC, 0);
        return fd < 0
            ? throw LinuxError.FromLast("fcntl")
            : new RootedDirectory(new SafeFileHandle(fd, ownsHandle: true), Resolution);
    }

    /// <summary>Opens a directory below as a root of its own. Symbolic links are followed, inside this root.</summary>
    /// <exception cref="LinuxException">It is not there, is no directory, or lies outside.</exception>
    public RootedDirectory OpenDirectory(ReadOnlySpan<byte> path)
    {
        int fd = Resolve(path, O_RDONLY | O_DIRECTORY, 0);
        return fd < 0
            ? throw LinuxError.FromLast("openat2", path)
            : new RootedDirectory(new SafeFileHandle(fd, ownsHandle: true), Resolution);
    }

    /// <summary>Puts the names in the root directory itself on the disk (fsync(2) of a directory).</summary>
    public void Flush() => _root.Flush();

    /// <summary>Puts everything of the root's file system on the disk (syncfs(2)): one call after a whole layer.</summary>
    public void FlushFileSystem()
    {
        if (syncfs(_rootFd) != 0)
        {
            throw LinuxError.FromLast("syncfs");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parents.Dispose();
        _root.Dispose();
    }

    /// <summary>Opens a path below the root; -1 with the error in <see cref="LinuxError.Last"/>.</summary>
    private int Resolve(ReadOnlySpan<byte> path, int flags, ulong more)
    {
        path = RootedPath.Trim(path);
        if (path.IsEmpty)
        {
            path = "."u8;
        }

        ObjectDisposedException.ThrowIf(_root.IsClosed, this);
        open_how how = new() { flags = (ulong)(uint)(flags | O_CLOEXEC), resolve = _resolve | more };
        fixed (byte* name = Utf8Path.Terminate(path, stackalloc byte[Utf8Path.SizeOf(path)]))
        {
            int fd = -1;
            for (int attempt = 0; attempt < ResolveAttempts; attempt++)
            {
                fd = openat2(_rootFd, name, &how, sizeof(open_how));
                if (fd >= 0 || (LinuxError.Last != EAGAIN && LinuxError.Last != EINTR))
                {
                    break;
                }
            }

            return fd;
        }
    }

    /// <summary>The descriptor of the directory that a path's last component is in, kept for the next call.</summary>
    private int Parent(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> name)
    {
        ObjectDisposedException.ThrowIf(_root.IsClosed, this);
        RootedPath.Split(path, out ReadOnlySpan<byte> parent, out name);
        if (name.IsEmpty || name.SequenceEqual(".."u8))
        {
            throw LinuxError.From(EINVAL, "path", System.Text.Encoding.UTF8.GetString(path), "it names no entry below the root");
        }

        if (parent.IsEmpty)
        {
            return _rootFd;
        }

        if (_parents.TryGet(parent, out int fd))
        {
            return fd;
        }

        fd = Resolve(parent, O_PATH | O_DIRECTORY, 0);
        if (fd < 0)
        {
            throw LinuxError.FromLast("openat2", parent);
        }

        _parents.Add(parent, fd);
        return fd;
    }
}
