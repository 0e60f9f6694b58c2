using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Files as Get-Item writes them.</summary>
internal static class FileItem
{
    // A bare FileInfo lacks what the provider adds: the mode and size of PowerShell's own view, and PSPath.
    public static PSObject Of(PSCmdlet cmdlet, string path) => cmdlet.InvokeProvider.Item
        .Get([$"Microsoft.PowerShell.Core\\FileSystem::{path}"], force: true, literalPath: true)[0];
}
