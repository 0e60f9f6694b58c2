namespace Engine;

/// <summary>What kind of thing was pruned.</summary>
public enum PrunedKind
{
    /// <summary>A container.</summary>
    Container,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A network.</summary>
    Network,

    /// <summary>A volume.</summary>
    Volume,

    /// <summary>An entry of the build cache.</summary>
    BuildCache,
}
