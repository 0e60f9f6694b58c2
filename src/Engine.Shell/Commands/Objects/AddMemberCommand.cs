using System.Collections;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Add-Member: a property or method more on one object.</summary>
[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "TypeNameSet")]
internal sealed class AddMemberCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "MemberSet")]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; }

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "MemberSet")]
    public string Name { get; set; } = "";

    [Parameter(Position = 2, ParameterSetName = "MemberSet")]
    [Parameter(Position = 2, ParameterSetName = "NotePropertySingleMemberSet")]
    public object? Value { get; set; }

    [Parameter(Position = 3, ParameterSetName = "MemberSet")]
    [Parameter(Position = 3, ParameterSetName = "NotePropertySingleMemberSet")]
    public object? SecondValue { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "NotePropertySingleMemberSet")]
    public string? NotePropertyName { get; set; }

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "NotePropertySingleMemberSet")]
    [AllowNull]
    public object? NotePropertyValue { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "NotePropertyMultiMemberSet")]
    public IDictionary? NotePropertyMembers { get; set; }

    [Parameter]
    public string? TypeName { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing()
    {
        // Add-Member ScriptMethod f {…} and Add-Member f 1 begin alike: a first word that is a member type is meant as
        // one. The original's validation sends the binder back for it, by an exception that is not public.
        if (Enum.TryParse<PSMemberTypes>(NotePropertyName, ignoreCase: true, out var type))
        {
            (MemberType, Name) = (type, LanguagePrimitives.ConvertTo<string>(NotePropertyValue));
            NotePropertyName = null;
        }
    }

    protected override void ProcessRecord()
    {
        foreach (var member in Members())
        {
            Add(member);
        }

        if (TypeName is not null)
        {
            InputObject.TypeNames.Insert(0, TypeName);
        }

        if (PassThru)
        {
            WriteObject(InputObject);
        }
    }

    private IEnumerable<PSMemberInfo> Members()
    {
        if (NotePropertyMembers is not null)
        {
            return NotePropertyMembers.Cast<DictionaryEntry>()
                .Select(entry => new PSNoteProperty(entry.Key.ToString()!, entry.Value));
        }

        return ParameterSetName switch
        {
            "NotePropertySingleMemberSet" when NotePropertyName is not null =>
                [new PSNoteProperty(NotePropertyName!, NotePropertyValue)],
            "MemberSet" or "NotePropertySingleMemberSet" => [NewMember()],
            _ => [],
        };
    }

    private PSMemberInfo NewMember() => MemberType switch
    {
        PSMemberTypes.NoteProperty => new PSNoteProperty(Name, Value),
        PSMemberTypes.AliasProperty => new PSAliasProperty(Name, LanguagePrimitives.ConvertTo<string>(Value)),
        PSMemberTypes.ScriptProperty =>
            new PSScriptProperty(Name, Script(Value), SecondValue is null ? null : Script(SecondValue)),
        PSMemberTypes.ScriptMethod => new PSScriptMethod(Name, Script(Value)),
        _ => throw new PSArgumentException($"Engine.Shell's Add-Member adds no {MemberType}.", nameof(MemberType)),
    };

    private static ScriptBlock Script(object? value) => LanguagePrimitives.ConvertTo<ScriptBlock>(value);

    private void Add(PSMemberInfo member)
    {
        if (InputObject.Members[member.Name] is { } existing)
        {
            if (!Force)
            {
                WriteError(new ErrorRecord(
                    new InvalidOperationException(
                        $"Cannot add a member with the name \"{member.Name}\" because a member with that name "
                        + "already exists. To overwrite the member anyway, add the Force parameter to your command."),
                    "MemberAlreadyExists", ErrorCategory.InvalidOperation, InputObject));
                return;
            }

            if (existing.IsInstance)
            {
                InputObject.Members.Remove(member.Name);
            }
        }

        InputObject.Members.Add(member);
    }
}
