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

    /// <summary>A policy for the wire.</summary>
    public static Wire.PullPolicy ToWire(this PullPolicy value) => (Wire.PullPolicy)(value + 1);

    /// <summary>A policy; an unspecified one is <see cref="PullPolicy.Always"/>.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static PullPolicy ToModel(this Wire.PullPolicy value) => value == Wire.PullPolicy.Unspecified
        ? PullPolicy.Always
        : Known((PullPolicy)(value - 1), value);

    /// <summary>An archive's kind for the wire.</summary>
    public static Wire.ImageArchiveFormat ToWire(this ImageArchiveFormat value) => (Wire.ImageArchiveFormat)(value + 1);

    /// <summary>An archive's kind; an unspecified one is <see cref="ImageArchiveFormat.Docker"/>.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static ImageArchiveFormat ToModel(this Wire.ImageArchiveFormat value) =>
        value == Wire.ImageArchiveFormat.Unspecified
            ? ImageArchiveFormat.Docker
            : Known((ImageArchiveFormat)(value - 1), value);

    /// <summary>A compression for the wire.</summary>
    public static Wire.ArchiveCompression ToWire(this ArchiveCompression value) => (Wire.ArchiveCompression)(value + 1);

    /// <summary>A compression; an unspecified one is <see cref="ArchiveCompression.None"/>.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static ArchiveCompression ToModel(this Wire.ArchiveCompression value) =>
        value == Wire.ArchiveCompression.Unspecified
            ? ArchiveCompression.None
            : Known((ArchiveCompression)(value - 1), value);

    /// <summary>A kind of pruned thing for the wire.</summary>
    public static Wire.PrunedKind ToWire(this PrunedKind value) => (Wire.PrunedKind)(value + 1);

    /// <summary>A kind of pruned thing.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static PrunedKind ToModel(this Wire.PrunedKind value) => Known((PrunedKind)(value - 1), value);

    /// <summary>A fault for the wire.</summary>
    public static Wire.StoreFault ToWire(this StoreFault value) => (Wire.StoreFault)(value + 1);

    /// <summary>A fault.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: it is not one that this version knows.</exception>
    public static StoreFault ToModel(this Wire.StoreFault value) => Known((StoreFault)(value - 1), value);

    private static TModel Known<TModel, TWire>(TModel model, TWire wire)
        where TModel : struct, Enum
        where TWire : struct, Enum => Enum.IsDefined(model)
            ? model
            : throw new EngineException(
                EngineErrorCode.NotSupported,
                EngineErrorReason.ProtocolMismatch,
                $"'{wire}' is not a {typeof(TModel).Name} that this version knows. Use an engine and a client of the same version.");
}
