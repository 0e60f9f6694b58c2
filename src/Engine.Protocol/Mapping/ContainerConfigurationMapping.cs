using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>What containers are made of.</summary>
public static class ContainerConfigurationMapping
{
    /// <summary>A configuration for the wire.</summary>
    public static Wire.ContainerConfiguration ToWire(this ContainerConfiguration model)
    {
        var wire = new Wire.ContainerConfiguration
        {
            Image = model.Image,
            Entrypoint = model.Entrypoint.ToWire(),
            Command = model.Command.ToWire(),
            Environment = { model.Environment },
            Groups = { model.Groups },
            StopTimeout = model.StopTimeout.ToWire(),
            ReadOnlyRootFileSystem = model.ReadOnlyRootFileSystem,
            Mounts = { model.Mounts.Select(m => m.ToWire()) },
            CapabilitiesToAdd = { model.CapabilitiesToAdd },
            CapabilitiesToDrop = { model.CapabilitiesToDrop },
            Privileged = model.Privileged,
            NoNewPrivileges = model.NoNewPrivileges,
            MaskedPaths = model.MaskedPaths.ToWire(),
            ReadOnlyPaths = model.ReadOnlyPaths.ToWire(),
            Devices = { model.Devices.Select(d => d.ToWire()) },
            DeviceCgroupRules = { model.DeviceCgroupRules },
            Ulimits = { model.Ulimits.Select(u => u.ToWire()) },
            Resources = model.Resources.ToWire(),
            AutoRemove = model.AutoRemove,
        };
        wire.Labels.AddAll(model.Labels);
        wire.Annotations.AddAll(model.Annotations);
        wire.Sysctls.AddAll(model.Sysctls);
        SetOptional(wire, model);
        return wire;
    }

    /// <summary>A configuration; one of defaults, with no image, where the sender left it out.</summary>
    /// <exception cref="EngineException">ProtocolMismatch, InvalidMessage.</exception>
    public static ContainerConfiguration ToModel(this Wire.ContainerConfiguration? message)
    {
        Wire.ContainerConfiguration wire = message ?? new();
        return new ContainerConfiguration
        {
            Image = wire.Image,
            Platform = wire.HasPlatform ? wire.Platform : null,
            Entrypoint = wire.Entrypoint.ToModel(),
            Command = wire.Command.ToModel(),
            Environment = wire.Environment.ToModel(),
            Labels = wire.Labels.ToModel(),
            Annotations = wire.Annotations.ToModel(),
            WorkingDirectory = wire.HasWorkingDirectory ? wire.WorkingDirectory : null,
            User = wire.HasUser ? wire.User : null,
            Groups = wire.Groups.ToModel(),
            Hostname = wire.HasHostname ? wire.Hostname : null,
            DomainName = wire.HasDomainName ? wire.DomainName : null,
            StopSignal = wire.HasStopSignal ? wire.StopSignal : null,
            StopTimeout = wire.StopTimeout.ToOptionalModel(),
            NetworkMode = wire.HasNetworkMode ? wire.NetworkMode : null,
            ReadOnlyRootFileSystem = wire.ReadOnlyRootFileSystem,
            Mounts = [.. wire.Mounts.Select(m => m.ToModel())],
            CapabilitiesToAdd = wire.CapabilitiesToAdd.ToModel(),
            CapabilitiesToDrop = wire.CapabilitiesToDrop.ToModel(),
            Privileged = wire.Privileged,
            NoNewPrivileges = wire.NoNewPrivileges,
            SeccompProfile = wire.HasSeccompProfile ? wire.SeccompProfile : null,
            MaskedPaths = wire.MaskedPaths.ToModel(),
            ReadOnlyPaths = wire.ReadOnlyPaths.ToModel(),
            Devices = [.. wire.Devices.Select(d => d.ToModel())],
            DeviceCgroupRules = wire.DeviceCgroupRules.ToModel(),
            Ulimits = [.. wire.Ulimits.Select(u => u.ToModel())],
            Sysctls = wire.Sysctls.ToModel(),
            Init = wire.HasInit ? wire.Init : null,
            PidMode = wire.HasPidMode ? wire.PidMode : null,
            IpcMode = wire.HasIpcMode ? wire.IpcMode : null,
            UtsMode = wire.HasUtsMode ? wire.UtsMode : null,
            CgroupNamespaceMode = wire.HasCgroupNamespaceMode ? wire.CgroupNamespaceMode : null,
            CgroupParent = wire.HasCgroupParent ? wire.CgroupParent : null,
            Runtime = wire.HasRuntime ? wire.Runtime : null,
            ShmSize = wire.HasShmSize ? wire.ShmSize : null,
            Resources = wire.Resources.ToModel(),
            OomScoreAdjust = wire.HasOomScoreAdjust ? wire.OomScoreAdjust : null,
            AutoRemove = wire.AutoRemove,
        };
    }

    // A generated setter takes no null: an absent field is one that was never set.
    private static void SetOptional(Wire.ContainerConfiguration wire, ContainerConfiguration model)
    {
        if (model.Platform is { } platform)
        {
            wire.Platform = platform;
        }

        if (model.WorkingDirectory is { } workingDirectory)
        {
            wire.WorkingDirectory = workingDirectory;
        }

        if (model.User is { } user)
        {
            wire.User = user;
        }

        if (model.Hostname is { } hostname)
        {
            wire.Hostname = hostname;
        }

        if (model.DomainName is { } domainName)
        {
            wire.DomainName = domainName;
        }

        if (model.StopSignal is { } stopSignal)
        {
            wire.StopSignal = stopSignal;
        }

        if (model.NetworkMode is { } networkMode)
        {
            wire.NetworkMode = networkMode;
        }

        if (model.SeccompProfile is { } seccompProfile)
        {
            wire.SeccompProfile = seccompProfile;
        }

        if (model.PidMode is { } pidMode)
        {
            wire.PidMode = pidMode;
        }

        if (model.IpcMode is { } ipcMode)
        {
            wire.IpcMode = ipcMode;
        }

        if (model.UtsMode is { } utsMode)
        {
            wire.UtsMode = utsMode;
        }

        if (model.CgroupNamespaceMode is { } cgroupNamespaceMode)
        {
            wire.CgroupNamespaceMode = cgroupNamespaceMode;
        }

        if (model.CgroupParent is { } cgroupParent)
        {
            wire.CgroupParent = cgroupParent;
        }

        if (model.Runtime is { } runtime)
        {
            wire.Runtime = runtime;
        }

        if (model.Init is { } init)
        {
            wire.Init = init;
        }

        if (model.ShmSize is { } shmSize)
        {
            wire.ShmSize = shmSize;
        }

        if (model.OomScoreAdjust is { } oomScoreAdjust)
        {
            wire.OomScoreAdjust = oomScoreAdjust;
        }
    }
}
