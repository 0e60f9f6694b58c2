using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Takes what work tells beside its output: to the pipeline of a cmdlet, or into a job. From any thread.</summary>
internal interface IWorkReports
{
    /// <summary>A number that no other progress record of the same cmdlet or job has.</summary>
    int NextActivity();

    /// <summary>Shows how far something is. What comes faster than it can be shown is left out, but not its end.</summary>
    void Progress(ProgressRecord record);

    /// <summary>Warns the user.</summary>
    void Warn(string message);
}
