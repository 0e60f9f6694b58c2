namespace Engine.Oci.Runtime;

/// <summary>Lets a container use devices, or forbids it. What is null matches all.</summary>
public sealed record LinuxDeviceRule
{
    /// <summary>Whether it is allowed.</summary>
    public bool Allow { get; init; }

    /// <summary><c>a</c> (all), <c>c</c> or <c>b</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The major number.</summary>
    public long? Major { get; init; }

    /// <summary>The minor number.</summary>
    public long? Minor { get; init; }

    /// <summary>Of <c>r</c>, <c>w</c> and <c>m</c> (mknod).</summary>
    public string? Access { get; init; }
}
