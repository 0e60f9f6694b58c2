namespace Engine.Core.Containers.Users;

/// <summary>Who a container's process runs as.</summary>
/// <param name="Uid">The user id.</param>
/// <param name="Gid">The group id.</param>
/// <param name="SupplementaryGids">Further groups.</param>
/// <param name="Home">The home directory, <c>/</c> for a user without one.</param>
internal sealed record ContainerUser(uint Uid, uint Gid, IReadOnlyList<uint> SupplementaryGids, string Home);
