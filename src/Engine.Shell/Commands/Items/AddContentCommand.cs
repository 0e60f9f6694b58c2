using System.Management.Automation;

namespace Engine.Shell.Commands.Items;

/// <summary>Add-Content: more at a file's end.</summary>
[Cmdlet(VerbsCommon.Add, "Content", SupportsShouldProcess = true)]
internal sealed class AddContentCommand : WriteContentCommand
{
    protected override bool Append => true;
}
