using System.Management.Automation;

namespace Engine.Shell.Commands.Objects;

/// <summary>Makes the objects of Select-Object -Property.</summary>
internal sealed class SelectedObject(IReadOnlyList<PropertyExpression> properties, IReadOnlyList<string> excluded)
{
    private readonly IReadOnlyList<WildcardPattern> _excluded =
        [.. excluded.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase))];

    /// <summary>The chosen properties of one object, on an object of their own.</summary>
    public PSObject Of(PSObject source)
    {
        var result = new PSObject();
        foreach (var (name, value) in properties.SelectMany(property => property.Resolve(source)))
        {
            if (!_excluded.Any(pattern => pattern.IsMatch(name)) && result.Properties[name] is null)
            {
                result.Properties.Add(new PSNoteProperty(name, value));
            }
        }

        // "Selected.X" keeps X's views off: they would show columns that are not there.
        var type = source.BaseObject is PSCustomObject ? source.TypeNames[0] : source.BaseObject.GetType().ToString();
        result.TypeNames.Insert(0, type.StartsWith("Selected.", StringComparison.Ordinal) ? type : "Selected." + type);
        return result;
    }

    /// <summary>Whether two objects are the same to -Unique: by value, or property by property.</summary>
    public static bool AreEqual(PSObject left, PSObject right, ValueComparer comparer)
    {
        if (left.BaseObject is not PSCustomObject || right.BaseObject is not PSCustomObject)
        {
            return comparer.Equals(left.BaseObject, right.BaseObject);
        }

        var (ours, theirs) = (ObjectProperties.Of(left).ToList(), ObjectProperties.Of(right).ToList());
        return ours.Count == theirs.Count && ours.Zip(theirs).All(pair =>
            pair.First.Name == pair.Second.Name && comparer.Equals(pair.First.Value, pair.Second.Value));
    }
}
