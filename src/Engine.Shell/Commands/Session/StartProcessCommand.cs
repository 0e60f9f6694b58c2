using System.Collections;
using System.Diagnostics;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Start-Process: a program beside the pipeline.</summary>
[Cmdlet(VerbsLifecycle.Start, "Process", SupportsShouldProcess = true)]
[OutputType(typeof(Process))]
internal sealed class StartProcessCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("PSPath", "Path")]
    public string FilePath { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public string[] ArgumentList { get; set; } = [];

    [Parameter]
    public string? WorkingDirectory { get; set; }

    [Parameter]
    public Hashtable? Environment { get; set; }

    [Parameter]
    [Alias("nnw")]
    public SwitchParameter NoNewWindow { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing()
    {
        if (!ShouldProcess(FilePath, "Start-Process"))
        {
            return;
        }

        var program = InvokeCommand.GetCommand(FilePath, CommandTypes.Application) is ApplicationInfo found
            ? found.Path
            : FilePath;
        // As the original: the arguments are one line, joined by blanks and split again by the program's runtime.
        var start = new ProcessStartInfo(program, string.Join(' ', ArgumentList))
        {
            WorkingDirectory = SessionState.Path.GetUnresolvedProviderPathFromPSPath(WorkingDirectory ?? "."),
        };
        foreach (DictionaryEntry variable in Environment ?? [])
        {
            start.Environment[variable.Key.ToString()!] = variable.Value?.ToString();
        }

        var process = Process.Start(start)!;
        if (Wait)
        {
            WaitFor(process);
        }

        if (PassThru)
        {
            WriteObject(process);
        }
    }

    private void WaitFor(Process process)
    {
        try
        {
            process.WaitForExitAsync(PipelineStopToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
