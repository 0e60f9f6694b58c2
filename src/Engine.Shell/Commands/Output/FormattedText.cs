using System.Management.Automation;
using System.Management.Automation.Host;
using Engine.Shell.Hosting;

namespace Engine.Shell.Commands.Output;

/// <summary>
/// Objects as the console would show them, as text: PowerShell's own formatter, writing into a capture.
/// </summary>
internal static class FormattedText
{
    /// <summary>Formats the objects together, as one pipeline's output.</summary>
    /// <param name="host">The cmdlet's host.</param>
    /// <param name="objects">What to format.</param>
    /// <param name="width">For how many columns; null for the console's own width.</param>
    /// <exception cref="PSNotSupportedException">The runspace belongs to another host.</exception>
    public static string Of(PSHost host, IReadOnlyCollection<PSObject?> objects, int? width = null)
    {
        if (host.PrivateData?.BaseObject is not ShellPrivateData shell)
        {
            throw new PSNotSupportedException("Only Engine.Shell's own host can turn formatted output into text.");
        }

        var ui = shell.GetUserInterface();
        using var capture = ui.Capture(width ?? ui.RawUI.BufferSize.Width);
        using var formatter = PowerShell.Create(RunspaceMode.CurrentRunspace);
        formatter.AddCommand("Microsoft.PowerShell.Core\\Out-Host").Invoke(objects);
        return PSHostUserInterface.GetOutputString(capture.Take(), supportsVirtualTerminal: false);
    }
}
