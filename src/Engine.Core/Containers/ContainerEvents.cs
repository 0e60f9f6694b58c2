using System.Globalization;
using Engine.Core.Containers.Records;
using Engine.Core.Events;
using Engine.Linux.Processes;

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

    /// <summary>Publishes that a container is sent a signal: before its end, if that is what comes of it.</summary>
    public static void PublishKill(this EventStream events, ContainerRecord record, Signal signal) =>
        events.PublishContainer(record, "kill", ("signal", signal.Number.ToString(CultureInfo.InvariantCulture)));
}
