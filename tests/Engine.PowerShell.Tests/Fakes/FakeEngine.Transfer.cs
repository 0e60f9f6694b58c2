using Wire = Engine.Protocol.V1;

namespace Engine.Commands.Tests;

/// <content>What pulls, pushes, exports and checks tell, and what they were asked.</content>
internal sealed partial class FakeEngine
{
    /// <summary>What pulls and pushes report, one after the other, before they end.</summary>
    public List<ImageProgress> Progress { get; } = [];

    /// <summary>What registries want users to read.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What an export of images or of a container sends.</summary>
    public List<byte[]> Exported { get; } = [];

    /// <summary>How many pieces of it the client has taken, or the connection holds.</summary>
    public int Sent { get; set; }

    /// <summary>An export fails after what it sent.</summary>
    public EngineException? ExportFailure { get; set; }

    /// <summary>What a prune would remove.</summary>
    public List<PrunedItem> Prunable { get; } = [];

    public List<StoreFinding> Findings { get; } = [];

    /// <summary>The next call of this name fails with this.</summary>
    public (string Call, EngineException Error)? FailOnce { get; set; }

    public Wire.PullImageRequest? Pulled { get; set; }

    public Wire.PushImageRequest? Pushed { get; set; }

    public ImageExport? Export { get; set; }

    public ImageCommit? Commit { get; set; }

    public ImagePrune? Prune { get; set; }
}
