namespace Engine;

/// <summary>
/// Which containers a list holds. Values of one property are alternatives, properties narrow each other; labels must
/// all match. Nothing set: every container.
/// </summary>
public sealed record ContainerFilter
{
    /// <summary>Ids or prefixes of ids.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Names, whole.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>States.</summary>
    public IReadOnlyList<ContainerState> States { get; init; } = [];

    /// <summary>Labels: <c>key</c> or <c>key=value</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>References or ids of the images that containers were made of.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Exit codes of containers that have ended.</summary>
    public IReadOnlyList<int> ExitCodes { get; init; } = [];

    /// <summary>Only containers made before this one: a name or an id.</summary>
    public string? Before { get; init; }

    /// <summary>Only containers made after this one: a name or an id.</summary>
    public string? Since { get; init; }

    /// <summary>At most so many, the newest; null for all.</summary>
    public int? Last { get; init; }

    /// <summary>True to fill <see cref="Container.SizeRw"/> and <see cref="Container.SizeRootFs"/>; costs a walk of the disk.</summary>
    public bool Size { get; init; }
}
