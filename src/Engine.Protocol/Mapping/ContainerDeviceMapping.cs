using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Devices and process limits.</summary>
public static class ContainerDeviceMapping
{
    /// <summary>A device for the wire.</summary>
    public static Wire.ContainerDevice ToWire(this ContainerDevice model)
    {
        var wire = new Wire.ContainerDevice { Source = model.Source, Permissions = model.Permissions };
        if (model.Target is { } target)
        {
            wire.Target = target;
        }

        return wire;
    }

    /// <summary>A device.</summary>
    public static ContainerDevice ToModel(this Wire.ContainerDevice wire) => new()
    {
        Source = wire.Source,
        Target = wire.HasTarget ? wire.Target : null,
        Permissions = wire.Permissions,
    };

    /// <summary>A process limit for the wire.</summary>
    public static Wire.Ulimit ToWire(this Ulimit model) =>
        new() { Name = model.Name, Soft = model.Soft, Hard = model.Hard };

    /// <summary>A process limit.</summary>
    public static Ulimit ToModel(this Wire.Ulimit wire) => new(wire.Name, wire.Soft, wire.Hard);
}
