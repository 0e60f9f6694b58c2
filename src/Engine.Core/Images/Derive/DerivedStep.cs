using Engine.Oci.Documents;

namespace Engine.Core.Images.Derive;

/// <summary>The step that makes an image of another one.</summary>
internal sealed record DerivedStep
{
    /// <summary>What containers of the new image run.</summary>
    public required ImageExecution Execution { get; init; }

    /// <summary>The command that the history tells.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Who made it; empty for nobody.</summary>
    public string Author { get; init; } = "";

    /// <summary>A remark; empty for none.</summary>
    public string Comment { get; init; } = "";

    /// <summary>The new image's reference, in its normal form; null for none.</summary>
    public string? Reference { get; init; }
}
