using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>
/// Enumerations. On the wire 0 is "unspecified" (the protobuf style guide), so that the wire's values are the model's
/// plus one; <see cref="ContainerStream"/>, whose values are file descriptors, begins at one on both sides.
/// </summary>
public static class EnumMapping
{
    /// <summary>A state for the wire.</summary>
    public static Wire.ContainerState ToWire(this ContainerState value) => (Wire.ContainerState)(value + 1);

    /// <summary>A state.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static ContainerState ToModel(this Wire.ContainerState value) => Known((ContainerState)(value - 1), value);

    /// <summary>A stream for the wire.</summary>
    public static Wire.ContainerStream ToWire(this ContainerStream value) => (Wire.ContainerStream)value;

    /// <summary>A stream.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static ContainerStream ToModel(this Wire.ContainerStream value) => Known((ContainerStream)value, value);

    /// <summary>A condition for the wire.</summary>
    public static Wire.ContainerWaitCondition ToWire(this ContainerWaitCondition value) =>
        (Wire.ContainerWaitCondition)(value + 1);

    /// <summary>A condition; an unspecified one is <see cref="ContainerWaitCondition.NotRunning"/>.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static ContainerWaitCondition ToModel(this Wire.ContainerWaitCondition value) =>
        value == Wire.ContainerWaitCondition.Unspecified
            ? ContainerWaitCondition.NotRunning
            : Known((ContainerWaitCondition)(value - 1), value);

    /// <summary>A mount's type for the wire.</summary>
    public static Wire.ContainerMountType ToWire(this ContainerMountType value) => (Wire.ContainerMountType)(value + 1);

    /// <summary>A mount's type.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static ContainerMountType ToModel(this Wire.ContainerMountType value) =>
        Known((ContainerMountType)(value - 1), value);

    /// <summary>A propagation for the wire.</summary>
    public static Wire.MountPropagation ToWire(this MountPropagation value) => (Wire.MountPropagation)(value + 1);

    /// <summary>A propagation; an unspecified one is <see cref="MountPropagation.RecursivePrivate"/>.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static MountPropagation ToModel(this Wire.MountPropagation value) =>
        value == Wire.MountPropagation.Unspecified
            ? MountPropagation.RecursivePrivate
            : Known((MountPropagation)(value - 1), value);

    /// <summary>An event's type for the wire.</summary>
    public static Wire.EventType ToWire(this EngineEventType value) => (Wire.EventType)(value + 1);

    /// <summary>An event's type.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static EngineEventType ToModel(this Wire.EventType value) => Known((EngineEventType)(value - 1), value);

    private static TModel Known<TModel, TWire>(TModel model, TWire wire)
        where TModel : struct, Enum
        where TWire : struct, Enum => Enum.IsDefined(model)
            ? model
            : throw new EngineException(
                EngineErrorCode.NotSupported,
                EngineErrorReason.ProtocolMismatch,
                $"'{wire}' is not a {typeof(TModel).Name} that this version knows. Use an engine and a client of the same version.");
}
