using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Engine.Daemon.Hosting;

/// <summary>Who is at the other end of a unix socket, as the kernel noted it when the connection was made.</summary>
/// <param name="ProcessId">The process; it can be another one by now.</param>
/// <param name="UserId">Its effective user.</param>
/// <param name="GroupId">Its effective group.</param>
/// <param name="Groups">Its supplementary groups.</param>
internal sealed record PeerCredentials(int ProcessId, uint UserId, uint GroupId, IReadOnlyList<uint> Groups)
{
    // unix(7), socket(7): the numbers of asm-generic, which x86 and arm share.
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int PeerCredentialsOption = 17; // SO_PEERCRED
    private const int PeerGroupsOption = 59; // SO_PEERGROUPS

    // NGROUPS_MAX of credentials(7).
    private const int MaxGroups = 65536;

    /// <summary>
    /// Asks the kernel. The groups come from SO_PEERGROUPS and not from /proc/PID/status: the process may have ended and
    /// its number may be another's by now.
    /// </summary>
    /// <exception cref="SocketException">The kernel did not say.</exception>
    public static PeerCredentials Read(Socket socket)
    {
        Span<byte> bytes = stackalloc byte[12];
        var length = socket.GetRawSocketOption(SocketLevel, PeerCredentialsOption, bytes);
        if (length != bytes.Length)
        {
            throw new SocketException((int)SocketError.NotSocket);
        }

        var identity = MemoryMarshal.Cast<byte, uint>(bytes);
        return new PeerCredentials((int)identity[0], identity[1], identity[2], ReadGroups(socket));
    }

    /// <summary>True when the process is in a group, by whichever way.</summary>
    public bool IsMemberOf(uint group) => GroupId == group || Groups.Contains(group);

    private static uint[] ReadGroups(Socket socket)
    {
        try
        {
            return ReadGroups(socket, 64);
        }
        catch (SocketException)
        {
            // ERANGE: more groups than most have.
            return ReadGroups(socket, MaxGroups);
        }
    }

    private static uint[] ReadGroups(Socket socket, int capacity)
    {
        var bytes = new byte[capacity * sizeof(uint)];
        var length = socket.GetRawSocketOption(SocketLevel, PeerGroupsOption, bytes);
        return MemoryMarshal.Cast<byte, uint>(bytes.AsSpan(0, length)).ToArray();
    }
}
