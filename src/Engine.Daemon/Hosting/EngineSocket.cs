using System.Net.Sockets;
using Engine.Linux;
using Engine.Linux.Files;

namespace Engine.Daemon.Hosting;

/// <summary>
/// Makes a socket in the file system that is open to those who may use it from its first moment: Kestrel begins to
/// listen only after the mode and the group are set.
/// </summary>
internal sealed class EngineSocket(SocketAccess access) : IDisposable
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    // Held as long as the process lives, they tell two engines that start at once which of them the path belongs to.
    private readonly List<FileStream> _locks = [];

    /// <summary>Binds a socket to a path, taking the place of one that nobody listens on any more.</summary>
    /// <exception cref="EngineException">InvalidConfiguration: the path cannot be had.</exception>
    public Socket Bind(string path)
    {
        try
        {
            SocketDirectory.Prepare(Path.GetDirectoryName(path)!);
            _locks.Add(Lock(path));
            RemoveStale(path);
            return Open(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SocketException or LinuxException
            or EngineException { Reason: EngineErrorReason.PermissionDenied })
        {
            throw Refusal(path, $"the socket cannot be made: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _locks.ForEach(held => held.Dispose());

    private Socket Open(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            if (access.GroupId is { } group)
            {
                FileOwnership.SetGroup(path, group);
            }

            File.SetUnixFileMode(path, Mode);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (File.Exists($"{path}.lock"))
        {
            throw Refusal(path, "another engine listens there; stop it, or choose another --host", held);
        }
    }

    private static void RemoveStale(string path)
    {
        if (FileStatus.Read(path) is not { } status)
        {
            return;
        }

        if (status.Kind != FileKind.Socket)
        {
            throw Refusal(path, "what is there is not a socket; remove it, or choose another --host");
        }

        if (IsAlive(path))
        {
            throw Refusal(path, "another program listens there; stop it, or choose another --host");
        }

        File.Delete(path);
    }

    private static bool IsAlive(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // unix(7): nobody has the socket open. Any other error leaves that open, and is the caller's.
            return false;
        }
    }

    private static EngineException Refusal(string path, string problem, Exception? cause = null) => new(
        EngineErrorCode.Unavailable, EngineErrorReason.InvalidConfiguration, $"unix://{path}: {problem}", path, cause);
}
