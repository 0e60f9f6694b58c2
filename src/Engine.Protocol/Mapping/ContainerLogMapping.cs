using Google.Protobuf;
using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>What containers have written, and which part of it is wanted.</summary>
public static class ContainerLogMapping
{
    /// <summary>A request for a part of a container's log.</summary>
    /// <param name="model">The part.</param>
    /// <param name="container">The container's name or id.</param>
    public static Wire.ReadContainerLogRequest ToWire(this ContainerLogQuery model, string container)
    {
        var wire = new Wire.ReadContainerLogRequest
        {
            Container = container,
            Follow = model.Follow,
            Streams = { model.Streams.Select(s => s.ToWire()) },
            Since = model.Since.ToWire(),
            Until = model.Until.ToWire(),
        };
        if (model.Tail is { } tail)
        {
            wire.Tail = tail;
        }

        return wire;
    }

    /// <summary>The part of the log that a request asks for.</summary>
    /// <exception cref="EngineException">ProtocolMismatch, InvalidMessage.</exception>
    public static ContainerLogQuery ToModel(this Wire.ReadContainerLogRequest wire) => new()
    {
        Tail = wire.HasTail ? wire.Tail : null,
        Follow = wire.Follow,
        Streams = [.. wire.Streams.Select(s => s.ToModel())],
        Since = wire.Since.ToOptionalModel(),
        Until = wire.Until.ToOptionalModel(),
    };

    /// <summary>A piece of a log for the wire.</summary>
    /// <remarks>The bytes are not copied: they must not change until the message has been sent.</remarks>
    public static Wire.ContainerLogEntry ToWire(this ContainerLogEntry model) => new()
    {
        Time = model.Time.ToWire(),
        Stream = model.Stream.ToWire(),
        Content = UnsafeByteOperations.UnsafeWrap(model.Content),
        Partial = model.Partial,
    };

    /// <summary>A piece of a log.</summary>
    /// <exception cref="EngineException">ProtocolMismatch, InvalidMessage.</exception>
    public static ContainerLogEntry ToModel(this Wire.ContainerLogEntry wire) =>
        new(wire.Time.ToModel(), wire.Stream.ToModel(), wire.Content.Memory, wire.Partial);
}
