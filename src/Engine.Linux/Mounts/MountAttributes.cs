namespace Engine.Linux.Mounts;

/// <summary>Restrictions of a mount (mount_setattr(2), MOUNT_ATTR_*).</summary>
[Flags]
public enum MountAttributes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Nothing may be written.</summary>
    ReadOnly = 0x1,

    /// <summary>Set-user-ID bits and file capabilities do not count.</summary>
    NoSetUserId = 0x2,

    /// <summary>Device nodes do not open.</summary>
    NoDevices = 0x4,

    /// <summary>Nothing may be executed.</summary>
    NoExecution = 0x8,
}
