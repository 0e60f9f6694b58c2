namespace Engine.Daemon.Configuration;

/// <summary>The cgroup below which containers' cgroups are made.</summary>
internal static class CgroupParentSetting
{
    /// <summary>The path, or the systemd slice; null after a fault.</summary>
    public static string? Parent(SettingValue value)
    {
        const string expected = "a path below the root of the cgroup file system, without empty, . or .. parts";
        var text = value.Text(expected);
        if (text is null)
        {
            return null;
        }

        var parts = text.TrimStart('/').Split('/');
        if (parts.Any(part => part is "" or "." or ".." || part.Length > 255))
        {
            value.Fault(expected);
            return null;
        }

        return text;
    }
}
