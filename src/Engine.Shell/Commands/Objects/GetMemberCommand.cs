using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Member: what an object has, one description a type.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
internal sealed class GetMemberCommand : PSCmdlet
{
    private static readonly string[] s_accessors = ["get_", "set_", "add_", "remove_"];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null || !_seen.Add(InputObject.TypeNames[0]))
        {
            return;
        }

        var patterns = Name.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase)).ToList();
        var members = InputObject.Members
            .Where(member =>
                (member.MemberType & MemberType) != 0 && patterns.Exists(pattern => pattern.IsMatch(member.Name)))
            .Where(member => Force || !IsAccessor(member))
            .OrderBy(member => member.MemberType is PSMemberTypes.Method or PSMemberTypes.CodeMethod ? 0 : 1)
            .ThenBy(member => member.MemberType.ToString(), StringComparer.Ordinal)
            .ThenBy(member => member.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var member in members)
        {
            WriteObject(Describe(member));
        }
    }

    protected override void EndProcessing()
    {
        if (_seen.Count == 0)
        {
            WriteError(new ErrorRecord(
                new InvalidOperationException("You must specify an object for the Get-Member cmdlet."),
                "NoObjectInGetMember", ErrorCategory.CloseError, null));
        }
    }

    // get_X, set_X, add_X and remove_X: X itself is in the list.
    private static bool IsAccessor(PSMemberInfo member) =>
        member is PSMethodInfo
        && Array.Exists(s_accessors, prefix => member.Name.StartsWith(prefix, StringComparison.Ordinal));

    private PSObject Describe(PSMemberInfo member)
    {
        var description = new PSObject();
        description.Properties.Add(new PSNoteProperty("TypeName", InputObject!.TypeNames[0]));
        description.Properties.Add(new PSNoteProperty("Name", member.Name));
        description.Properties.Add(new PSNoteProperty("MemberType", member.MemberType));
        description.Properties.Add(new PSNoteProperty("Definition", member.ToString()));
        // The original's type name: PowerShell's own view of members goes by it.
        description.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.MemberDefinition");
        return description;
    }
}
