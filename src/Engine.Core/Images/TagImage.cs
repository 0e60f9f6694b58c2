using Engine.Core.Events;
using Engine.Core.Images.Content;
using Engine.Core.Images.Records;

namespace Engine.Core.Images;

/// <summary>Gives an image another reference, taken from the image that had it.</summary>
public sealed class TagImage
{
    private readonly ImageTable _table;
    private readonly ImageResolver _resolver;
    private readonly ContentHolds _holds;
    private readonly EventStream _events;

    internal TagImage(ImageTable table, ImageResolver resolver, ContentHolds holds, EventStream events)
    {
        _table = table;
        _resolver = resolver;
        _holds = holds;
        _events = events;
    }

    /// <summary>Tags an image; one that was given by a reference of several platforms, with all of them.</summary>
    /// <param name="image">A reference, an id, or a prefix of an id.</param>
    /// <param name="reference">The new reference: with a tag, or without one for <c>latest</c>; never with a
    /// digest.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidReference"/>, <see cref="EngineErrorReason.ImageNotFound"/>,
    /// <see cref="EngineErrorReason.AmbiguousImageId"/>.
    /// </exception>
    public void Handle(string image, string reference)
    {
        var target = TagReference.Parse(reference);
        IReadOnlyList<StoredImage> images;
        lock (_holds.Gate)
        {
            // Under the gate: an image that is found cannot be removed before it has the reference.
            images = _resolver.ResolveAll(image).Images;
            _table.MoveReference(target, [.. images.Select(found => found.Id)]);
        }

        foreach (var tagged in images)
        {
            _events.PublishImage("tag", tagged, target);
        }
    }
}
