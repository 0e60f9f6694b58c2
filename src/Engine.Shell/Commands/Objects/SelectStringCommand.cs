using System.Management.Automation;
using System.Text.RegularExpressions;
using Engine.Shell.Commands.Objects;

namespace Microsoft.PowerShell.Commands;

/// <summary>Select-String: the lines that match.</summary>
[Cmdlet(VerbsCommon.Select, "String", DefaultParameterSetName = "Object")]
internal sealed class SelectStringCommand : PSCmdlet
{
    private List<Regex> _patterns = [];
    private int _line;
    private bool _found;

    [Parameter(Mandatory = true, Position = 0)]
    public string[] Pattern { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Object")]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "File")]
    public string[] Path { get; set; } = [];

    [Parameter]
    public SwitchParameter SimpleMatch { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter NotMatch { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    [Parameter]
    public SwitchParameter Raw { get; set; }

    protected override void BeginProcessing()
    {
        var options = RegexOptions.CultureInvariant | (CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase);
        _patterns = [.. Pattern.Select(pattern => new Regex(SimpleMatch ? Regex.Escape(pattern) : pattern, options))];
    }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Object")
        {
            var value = InputObject?.BaseObject;
            var file = value as FileInfo;
            IEnumerable<string> lines = file is null
                ? [LanguagePrimitives.ConvertTo<string>(InputObject) ?? ""]
                : File.ReadLines(file.FullName);
            Search(lines, file?.FullName);
            return;
        }

        foreach (var file in Path.SelectMany(path => SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _)))
        {
            Search(File.ReadLines(file), file);
        }
    }

    protected override void EndProcessing()
    {
        if (Quiet)
        {
            WriteObject(_found);
        }
    }

    private void Search(IEnumerable<string> lines, string? file)
    {
        _line = file is null ? _line : 0;
        foreach (var line in lines)
        {
            _line++;
            var match = _patterns.Select(pattern => pattern.Match(line)).FirstOrDefault(candidate => candidate.Success);
            if (match is null != NotMatch.IsPresent)
            {
                continue;
            }

            _found = true;
            if (!Quiet)
            {
                WriteObject(Raw ? line : new LineMatch(line, _line, file ?? "InputStream", match));
            }
        }
    }
}
