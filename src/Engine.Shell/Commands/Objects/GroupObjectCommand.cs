using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using Engine.Shell.Commands.Objects;

namespace Microsoft.PowerShell.Commands;

/// <summary>Group-Object: the objects by the values of their properties.</summary>
[Cmdlet(VerbsData.Group, "Object")]
internal sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<(object?[] Keys, Collection<PSObject> Members)> _groups = [];
    private IReadOnlyList<PropertyExpression> _properties = [];
    private ValueComparer _comparer = new(caseSensitive: false);

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    [Parameter]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    [Parameter]
    public SwitchParameter AsString { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    protected override void BeginProcessing()
    {
        _properties = PropertyExpression.FromAll(Property);
        _comparer = new ValueComparer(CaseSensitive);
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        object?[] keys = _properties.Count == 0
            ? [InputObject]
            : [.. _properties.Select(property => property.Value(InputObject))];
        var group = _groups.Find(known => known.Keys.SequenceEqual(keys, _comparer));
        if (group.Members is null)
        {
            group = (keys, []);
            _groups.Add(group);
        }

        group.Members.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        _groups.Sort((left, right) =>
            left.Keys.Zip(right.Keys, _comparer.Compare).FirstOrDefault(order => order != 0));
        if (AsHashTable)
        {
            WriteObject(Table());
            return;
        }

        foreach (var (keys, members) in _groups)
        {
            var group = new PSObject();
            group.Properties.Add(new PSNoteProperty("Values", new ArrayList(keys)));
            group.Properties.Add(new PSNoteProperty("Count", members.Count));
            if (!NoElement)
            {
                group.Properties.Add(new PSNoteProperty("Group", members));
            }

            group.Properties.Add(new PSNoteProperty("Name", Name(keys)));
            // The original's type name: PowerShell's own view of groups goes by it.
            group.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GroupInfo" + (NoElement ? "NoElement" : ""));
            WriteObject(group);
        }
    }

    private Hashtable Table()
    {
        var table = new Hashtable(CaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        foreach (var (keys, members) in _groups)
        {
            var key = keys[0] is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : keys[0];
            table[AsString || keys.Length > 1 || key is null ? Name(keys) : key] = members;
        }

        return table;
    }

    private static string Name(object?[] keys) =>
        string.Join(", ", keys.Select(key => LanguagePrimitives.ConvertTo<string>(key) ?? ""));
}
