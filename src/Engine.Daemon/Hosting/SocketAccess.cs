using System.Globalization;
using Engine.Daemon.Configuration;
using Engine.Linux.Accounts;

namespace Engine.Daemon.Hosting;

/// <summary>Who may use the engine's sockets: root, the engine's own user, and the members of one group.</summary>
/// <param name="GroupId">The number of the group; null when the host has no such group.</param>
internal sealed record SocketAccess(uint? GroupId)
{
    /// <summary>
    /// Finds the configured group. The default group may be missing, as on a machine where nobody but root uses the
    /// engine; one that somebody named may not.
    /// </summary>
    /// <exception cref="EngineException">InvalidConfiguration.</exception>
    public static SocketAccess Of(EngineConfiguration configuration)
    {
        var group = configuration.Group;
        if (uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new SocketAccess(number);
        }

        var found = GroupDatabase.FindId(group);
        return found is not null || !configuration.GroupIsRequired
            ? new SocketAccess(found)
            : throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidConfiguration,
                $"group: there is no group {ConfigurationFault.Quote(group)} on this host; make it (groupadd) or name another",
                group);
    }

    /// <summary>True when a process may use the sockets.</summary>
    public bool Allows(PeerCredentials peer) =>
        IsOwner(peer) || (GroupId is { } group && peer.IsMemberOf(group));

    /// <summary>True when a process acts for root or for the engine's own user.</summary>
    public static bool IsOwner(PeerCredentials peer) => peer.UserId == 0 || peer.UserId == ProcessIdentity.UserId;

    /// <summary>Demands what <see cref="IsOwner"/> says.</summary>
    /// <exception cref="EngineException">PermissionDenied.</exception>
    public static void DemandOwner(PeerCredentials peer)
    {
        if (!IsOwner(peer))
        {
            throw new EngineException(
                EngineErrorCode.PermissionDenied,
                EngineErrorReason.PermissionDenied,
                $"User {peer.UserId} may not do this: only root and the engine's own user {ProcessIdentity.UserId} may.");
        }
    }
}
