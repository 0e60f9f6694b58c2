using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Engine.Daemon.Hosting;

/// <summary>
/// Lets in those who may use the engine. The socket's mode says the same; this holds when somebody changes that mode, or
/// hands an open socket on, and tells the services who is calling.
/// </summary>
internal sealed partial class PeerGate(SocketAccess access, ILogger<PeerGate> logger)
{
    /// <summary>The connection middleware.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => async connection =>
    {
        if (Identify(connection) is not { } peer)
        {
            return;
        }

        if (!access.Allows(peer))
        {
            Refused(logger, peer.ProcessId, peer.UserId, peer.GroupId);
            return;
        }

        Accepted(logger, peer.ProcessId, peer.UserId);
        connection.Features.Set(peer);
        await next(connection);
    };

    private PeerCredentials? Identify(ConnectionContext connection)
    {
        try
        {
            return PeerCredentials.Read(connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket);
        }
        catch (SocketException unknown)
        {
            Unidentified(logger, unknown);
            return null;
        }
    }
}
