using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Credential: asks for a user's name and a password.</summary>
[Cmdlet(VerbsCommon.Get, "Credential")]
internal sealed class GetCredentialCommand : PSCmdlet
{
    // A user's name, or a credential, which needs no question.
    [Parameter(Position = 0)]
    [AllowNull]
    public object? Credential { get; set; }

    [Parameter]
    public string Message { get; set; } = "Enter your credentials.";

    [Parameter]
    public string Title { get; set; } = "PowerShell credential request";

    [Parameter]
    public string UserName { get; set; } = "";

    protected override void ProcessRecord()
    {
        var given = Credential is PSObject wrapped ? wrapped.BaseObject : Credential;
        WriteObject(
            given as PSCredential
                ?? Host.UI.PromptForCredential(Title, Message, given?.ToString() ?? UserName, targetName: ""));
    }
}
