using Engine.Shell.Hosting;

namespace Engine.Shell.Execution;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    /// <summary>128 + SIGINT, as shells say it.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>
    /// An <c>exit</c> in the script decides, then how the pipeline ended, then <paramref name="completed"/>.
    /// </summary>
    public static int Of(ShellSession session, PipelineOutcome outcome, int completed) =>
        session.Host.ExitCode ?? outcome switch
        {
            PipelineOutcome.Stopped => Interrupted,
            PipelineOutcome.Failed => 1,
            _ => completed,
        };
}
