namespace Engine.Oci.Runtime;

/// <summary>A limit of huge pages of one size.</summary>
public sealed record LinuxHugepageLimit
{
    /// <summary>The size, as <c>2MB</c>.</summary>
    public required string PageSize { get; init; }

    /// <summary>Bytes.</summary>
    public ulong Limit { get; init; }
}
