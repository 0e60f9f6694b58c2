using System.Management.Automation;
using Engine.Shell.Commands.Output;

namespace Microsoft.PowerShell.Commands;

/// <summary>Out-String: what the console would show, as a string.</summary>
[Cmdlet("Out", "String", DefaultParameterSetName = "NoNewLineFormatting")]
[OutputType(typeof(string))]
internal sealed class OutStringCommand : PSCmdlet
{
    private readonly List<PSObject?> _pending = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? Width { get; set; }

    [Parameter(ParameterSetName = "StreamFormatting")]
    public SwitchParameter Stream { get; set; }

    [Parameter(ParameterSetName = "NoNewLineFormatting")]
    public SwitchParameter NoNewline { get; set; }

    protected override void ProcessRecord()
    {
        // Text needs no formatter. It may go on at once: this is how PowerShell feeds a native command's standard
        // input.
        if (Stream && _pending.Count == 0 && InputObject?.BaseObject is string text)
        {
            WriteLines(text);
        }
        else
        {
            _pending.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        if (_pending.Count == 0)
        {
            if (!Stream)
            {
                WriteObject("");
            }

            return;
        }

        var text = FormattedText.Of(Host, _pending, Width);
        if (Stream)
        {
            WriteLines(text.EndsWith('\n') ? text[..^1] : text);
        }
        else
        {
            WriteObject(NoNewline ? text.ReplaceLineEndings("") : text);
        }
    }

    private void WriteLines(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            WriteObject(line.TrimEnd('\r'));
        }
    }
}
