using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Alias: by its name, or by what it stands for.</summary>
[Cmdlet(VerbsCommon.Get, "Alias", DefaultParameterSetName = "Default")]
[OutputType(typeof(AliasInfo))]
internal sealed class GetAliasCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Default")]
    public string[] Name { get; set; } = ["*"];

    [Parameter(ParameterSetName = "Definition")]
    public string[]? Definition { get; set; }

    protected override void ProcessRecord()
    {
        var definitions = Definition?.Select(definition => new WildcardPattern(definition, WildcardOptions.IgnoreCase))
            .ToList();
        foreach (var name in Name)
        {
            var found = InvokeCommand.GetCommands(name, CommandTypes.Alias, nameIsPattern: true).Cast<AliasInfo>()
                .Where(alias => definitions is null || definitions.Exists(pattern => pattern.IsMatch(alias.Definition)))
                .OrderBy(alias => alias.Name, StringComparer.OrdinalIgnoreCase).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(new ErrorRecord(
                    new ItemNotFoundException(
                        "This command cannot find a matching alias because an alias with the name "
                        + $"'{name}' does not exist."),
                    "ItemNotFoundException", ErrorCategory.ObjectNotFound, name));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
