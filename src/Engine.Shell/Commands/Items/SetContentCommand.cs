using System.Management.Automation;

namespace Engine.Shell.Commands.Items;

/// <summary>Set-Content: a file's new content.</summary>
[Cmdlet(VerbsCommon.Set, "Content", SupportsShouldProcess = true)]
internal sealed class SetContentCommand : WriteContentCommand
{
    protected override bool Append => false;
}
