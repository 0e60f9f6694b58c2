using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Set-Variable: a variable's value, by its name.</summary>
[Cmdlet(VerbsCommon.Set, "Variable", SupportsShouldProcess = true)]
internal sealed class SetVariableCommand : PSCmdlet
{
    private readonly List<object?> _piped = [];
    private bool _given;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipeline = true)]
    public object? Value { get; set; }

    [Parameter]
    [ValidateSet("Global", "Script", "Local")]
    public string Scope { get; set; } = "Local";

    [Parameter]
    public ScopedItemOptions Option { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing() => _given = MyInvocation.BoundParameters.ContainsKey(nameof(Value));

    protected override void ProcessRecord() => _piped.Add(Value);

    protected override void EndProcessing()
    {
        var value = _given || _piped.Count <= 1 ? _piped.FirstOrDefault() : _piped.ToArray();
        foreach (var name in Name.Where(name => ShouldProcess($"Name: {name} Value: {value}", "Set variable")))
        {
            var scoped = Scope == "Local" ? name : $"{Scope}:{name}";
            SessionState.PSVariable.Set(scoped, value);
            var variable = SessionState.PSVariable.Get(scoped);
            if (Option != ScopedItemOptions.None)
            {
                variable.Options = Option;
            }

            if (PassThru)
            {
                WriteObject(variable);
            }
        }
    }
}
