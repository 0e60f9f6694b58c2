namespace Engine.Core.Images.Content;

/// <summary>
/// What running work needs although no row says so yet: an import's blobs and layers, an image that a container is
/// being made of. Holding and removing exclude each other by <see cref="Gate"/>: who holds first, keeps; who comes
/// after a removal finds nothing and does the work again.
/// </summary>
internal sealed class ContentHolds
{
    private readonly Dictionary<(ContentKind Kind, string Id), int> _holders = [];

    /// <summary>
    /// Guards the holders, and every decision to remove that depends on them. Never held across an await.
    /// </summary>
    public Lock Gate { get; } = new();

    public bool IsHeld(ContentKind kind, string id)
    {
        lock (Gate)
        {
            return _holders.ContainsKey((kind, id));
        }
    }

    internal void Add(ContentKind kind, string id)
    {
        lock (Gate)
        {
            _holders[(kind, id)] = _holders.GetValueOrDefault((kind, id)) + 1;
        }
    }

    internal void Release(ContentKind kind, string id)
    {
        lock (Gate)
        {
            if (_holders[(kind, id)]-- == 1)
            {
                _holders.Remove((kind, id));
            }
        }
    }
}
