namespace Engine.Shell.Execution;

/// <summary>How a pipeline ended.</summary>
internal enum PipelineOutcome
{
    /// <summary>It ran to its end, or to an <c>exit</c>.</summary>
    Completed,

    /// <summary>An error that nothing caught ended it.</summary>
    Failed,

    /// <summary>Ctrl+C or SIGTERM ended it.</summary>
    Stopped,
}
