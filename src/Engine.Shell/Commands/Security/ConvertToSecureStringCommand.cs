using System.Management.Automation;
using System.Security;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertTo-SecureString: of plain text. What ConvertFrom-SecureString writes is not read.</summary>
[Cmdlet(VerbsData.ConvertTo, "SecureString")]
internal sealed class ConvertToSecureStringCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string String { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    public SwitchParameter AsPlainText { get; set; }

    // The original once refused plain text without it, and scripts still give it.
    [Parameter(Position = 2)]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        var secure = new SecureString();
        foreach (var character in String)
        {
            secure.AppendChar(character);
        }

        secure.MakeReadOnly();
        WriteObject(secure);
    }
}
