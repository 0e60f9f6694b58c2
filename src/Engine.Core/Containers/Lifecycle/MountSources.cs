namespace Engine.Core.Containers.Lifecycle;

/// <summary>Looks after the sources of bind mounts: they are there, or are made, or are an error.</summary>
internal static class MountSources
{
    /// <summary>Makes the sources that are to be made, and checks the others.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.MountSourceNotFound"/>.</exception>
    public static void Check(IReadOnlyList<ContainerMount> mounts)
    {
        foreach (var mount in mounts)
        {
            if (mount.Type != ContainerMountType.Bind || Path.Exists(mount.Source))
            {
                continue;
            }

            if (!mount.CreateSource)
            {
                throw new EngineException(
                    EngineErrorCode.InvalidArgument, EngineErrorReason.MountSourceNotFound,
                    $"The source '{mount.Source}' of the mount at '{mount.Target}' is not on the engine's host. Make it, or ask for it to be made.",
                    mount.Source);
            }

            Directory.CreateDirectory(mount.Source!);
        }
    }
}
