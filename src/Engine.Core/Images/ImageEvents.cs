using Engine.Core.Events;
using Engine.Core.Images.Records;

namespace Engine.Core.Images;

/// <summary>Publishes what happens to images, with Docker's actions and attributes.</summary>
internal static class ImageEvents
{
    /// <param name="events">Where.</param>
    /// <param name="action"><c>import</c>, <c>load</c>, <c>tag</c>, <c>untag</c> or <c>delete</c>.</param>
    /// <param name="id">The image's id.</param>
    /// <param name="reference">The reference that it is about, in its normal form; null when there is none.</param>
    /// <param name="labels">The image's labels.</param>
    public static void PublishImage(
        this EventStream events, string action, string id, string? reference,
        IReadOnlyDictionary<string, string>? labels = null)
    {
        var name = reference is null ? id : ImageView.Familiar(reference);
        events.Publish(
            EngineEventType.Image, action, id, name,
            new Dictionary<string, string>(labels ?? new Dictionary<string, string>(), StringComparer.Ordinal)
            {
                ["name"] = name,
            });
    }

    public static void PublishImage(this EventStream events, string action, StoredImage image, string? reference) =>
        events.PublishImage(action, image.Id, reference, image.Config.Config?.Labels);
}
