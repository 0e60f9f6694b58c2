using System.Management.Automation;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>Add-Content: more at a file's end.</summary>
[Cmdlet(VerbsCommon.Add, "Content", SupportsShouldProcess = true)]
internal sealed class AddContentCommand : WriteContentCommand
{
    protected override bool Append => true;
}
