namespace Engine;

/// <summary>How far a check of the image store has come.</summary>
/// <param name="Item">The blob or layer that is looked at, by its digest.</param>
/// <param name="Current">How many blobs and layers are done.</param>
/// <param name="Total">How many there are.</param>
public sealed record StoreCheckProgress(string Item, long Current, long Total);
