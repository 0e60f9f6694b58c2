using Engine.Core.Images;

namespace Engine.Core.Containers;

/// <summary>Tells the image store which containers were made of an image.</summary>
internal sealed class ContainerImageUsers(ContainerStore store) : IImageUsers
{
    public IReadOnlyList<ImageUser> UsersOf(string imageId) =>
    [
        .. store.All.Select(static entry => entry.Record)
            .Where(record => record.ImageId == imageId)
            .Select(static record => new ImageUser(record.Id, record.Name, record.IsActive)),
    ];
}
