using Engine.Core.Containers.Records;
using Engine.Core.Events;

namespace Engine.Core.Containers;

/// <summary>Publishes what happens to containers, with Docker's attributes.</summary>
internal static class ContainerEvents
{
    public static void PublishContainer(
        this EventStream events, ContainerRecord record, string action, params ReadOnlySpan<(string Key, string Value)> details)
    {
        var attributes = new Dictionary<string, string>(record.Configuration.Labels, StringComparer.Ordinal)
        {
            ["image"] = record.Image,
            ["name"] = record.Name,
        };
        foreach (var (key, value) in details)
        {
            attributes[key] = value;
        }

        events.Publish(EngineEventType.Container, action, record.Id, record.Name, attributes);
    }
}
