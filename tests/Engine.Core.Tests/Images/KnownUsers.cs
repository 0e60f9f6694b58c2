using System.Collections.Concurrent;
using Engine.Core.Images;

namespace Engine.Core.Tests.Images;

/// <summary>Containers that a test says there are.</summary>
internal sealed class KnownUsers : IImageUsers
{
    private readonly ConcurrentDictionary<string, ImageUser[]> _users = new();

    public IReadOnlyList<ImageUser> UsersOf(string imageId) => _users.GetValueOrDefault(imageId, []);

    public void Set(string imageId, params ImageUser[] users) => _users[imageId] = users;
}
