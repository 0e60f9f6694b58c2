namespace Engine;

/// <summary>When a registry is asked for an image.</summary>
public enum PullPolicy
{
    /// <summary>Always; what is here already is not downloaded again.</summary>
    Always,

    /// <summary>When no image of that reference and platform is here.</summary>
    Missing,

    /// <summary>Never.</summary>
    Never,
}
