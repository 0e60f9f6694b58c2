namespace Engine;

/// <summary>How far a piece of work on an image has come.</summary>
/// <param name="Item">What is worked on: a layer's short digest, or a file of the archive.</param>
/// <param name="Activity">What is done to it: <c>Reading</c>, <c>Unpacking</c>, <c>Done</c>.</param>
/// <param name="Current">The bytes done.</param>
/// <param name="Total">The bytes in all; null when unknown.</param>
public sealed record ImageProgress(string Item, string Activity, long Current, long? Total);
