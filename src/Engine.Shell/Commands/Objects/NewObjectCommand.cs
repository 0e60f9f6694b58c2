using System.Collections;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>New-Object: an instance of a .NET type.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
internal sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public object[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void BeginProcessing()
    {
        if (!LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type))
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException(
                    $"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."),
                "TypeNotFound", ErrorCategory.InvalidType, TypeName));
            return;
        }

        var result = type == typeof(PSObject) || type == typeof(PSCustomObject) ? new PSObject() : Create(type);
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            Set(result, entry.Key.ToString()!, entry.Value);
        }

        WriteObject(result);
    }

    // PowerShell's own overload resolution and argument conversion, which Activator has not.
    private PSObject Create(Type type)
    {
        var call = type.IsValueType && ArgumentList.Length == 0
            ? ScriptBlock.Create("param($type) ,[Activator]::CreateInstance($type)")
            : ScriptBlock.Create("param($type, $list) ,$type::new.Invoke($list)");
        return call.Invoke(type, ArgumentList)[0];
    }

    private void Set(PSObject target, string name, object? value)
    {
        if (target.BaseObject is PSCustomObject)
        {
            target.Properties.Add(new PSNoteProperty(name, value));
        }
        else if (target.Properties[name] is { } property)
        {
            property.Value = value;
        }
        else
        {
            WriteError(new ErrorRecord(
                new PSArgumentException($"The member \"{name}\" was not found for the specified .NET object."),
                "InvalidOperationException", ErrorCategory.InvalidOperation, target));
        }
    }
}
