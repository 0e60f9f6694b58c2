using System.Collections;
using System.Management.Automation;

namespace Engine.Shell.Commands.Objects;

/// <summary>An object's properties as PowerShell sees them; a dictionary's keys count as such.</summary>
internal static class ObjectProperties
{
    /// <summary>All that can be read.</summary>
    public static IEnumerable<(string Name, object? Value)> Of(PSObject target)
    {
        if (target.BaseObject is IDictionary table)
        {
            return table.Keys.Cast<object>().Select(key => (key.ToString() ?? "", table[key]));
        }

        return target.Properties.Where(property => property.IsGettable)
            .Select(property => (property.Name, Read(property)));
    }

    /// <summary>A property's value, or null: also where the property is not there, or its getter fails.</summary>
    public static object? Get(PSObject target, string name) =>
        target.BaseObject is IDictionary table && FindKey(table, name) is { } key
            ? table[key]
            : target.Properties[name] is { } property ? Read(property) : null;

    /// <summary>Whether there is such a property.</summary>
    public static bool Has(PSObject target, string name) =>
        (target.BaseObject is IDictionary table && FindKey(table, name) is not null)
            || target.Properties[name] is not null;

    /// <summary>The name as the object writes it.</summary>
    public static string NameOn(PSObject target, string name) => target.Properties[name]?.Name ?? name;

    private static object? FindKey(IDictionary table, string name) =>
        table.Contains(name)
            ? name
            : table.Keys.Cast<object>()
                .FirstOrDefault(key => string.Equals(key.ToString(), name, StringComparison.OrdinalIgnoreCase));

    private static object? Read(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
