using System.Collections;
using System.Management.Automation;

namespace Engine.Shell.Commands.Objects;

/// <summary>
/// What a -Property parameter takes: a name, perhaps with wildcards, a script block, or a calculated property's
/// hashtable.
/// </summary>
internal sealed class PropertyExpression
{
    private readonly WildcardPattern? _pattern;
    private readonly string? _name;
    private readonly ScriptBlock? _script;

    private PropertyExpression(object expression, string? label, IDictionary options)
    {
        Options = options;
        Label = label;
        if (expression is ScriptBlock script)
        {
            _script = script;
            return;
        }

        _name = LanguagePrimitives.ConvertTo<string>(expression);
        _pattern = WildcardPattern.ContainsWildcardCharacters(_name)
            ? new WildcardPattern(_name, WildcardOptions.IgnoreCase)
            : null;
    }

    /// <summary>The name that a calculated property gives itself, or null.</summary>
    public string? Label { get; }

    /// <summary>The calculated property's other keys: Width, Alignment, FormatString, Descending …</summary>
    public IDictionary Options { get; }

    /// <summary>Reads one argument of -Property.</summary>
    /// <exception cref="PSArgumentException">A hashtable has no expression.</exception>
    public static PropertyExpression From(object argument)
    {
        var value = argument is PSObject wrapped ? wrapped.BaseObject : argument;
        if (value is not IDictionary table)
        {
            return new PropertyExpression(value, null, new Hashtable());
        }

        var label = Key(table, "Name", "N", "Label", "L");
        var expression = Key(table, "Expression", "E") ?? label
            ?? throw new PSArgumentException(
                "A calculated property needs the key Expression: a name or a script block.");
        return new PropertyExpression(
            expression is PSObject inner ? inner.BaseObject : expression,
            label is null ? null : LanguagePrimitives.ConvertTo<string>(label),
            table);
    }

    /// <summary>Reads all arguments of -Property.</summary>
    public static IReadOnlyList<PropertyExpression> FromAll(IEnumerable<object>? arguments) =>
        [.. (arguments ?? []).Select(From)];

    /// <summary>
    /// The first of the keys that the table has; PowerShell takes any unambiguous beginning of the long name.
    /// </summary>
    public static object? Key(IDictionary table, params string[] names)
    {
        foreach (DictionaryEntry entry in table)
        {
            var key = entry.Key.ToString() ?? "";
            if (Array.Exists(names, name => key.Length > 0 && name.StartsWith(key, StringComparison.OrdinalIgnoreCase)))
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>The properties that this stands for on an object: none, one, or with wildcards many.</summary>
    public IEnumerable<(string Name, object? Value)> Resolve(PSObject target)
    {
        if (_script is not null)
        {
            yield return (Label ?? _script.ToString().Trim(), Run(_script, target));
        }
        else if (_pattern is not null)
        {
            var matching = ObjectProperties.Of(target).Where(property => _pattern.IsMatch(property.Name));
            foreach (var (name, value) in matching)
            {
                yield return (name, value);
            }
        }
        else
        {
            yield return (Label ?? ObjectProperties.NameOn(target, _name!), ObjectProperties.Get(target, _name!));
        }
    }

    /// <summary>The one value that this stands for, or null.</summary>
    public object? Value(PSObject target) => Resolve(target).FirstOrDefault().Value;

    /// <summary>Whether the object has it.</summary>
    public bool IsOn(PSObject target) => _name is null || _pattern is not null || ObjectProperties.Has(target, _name);

    /// <summary>What it is called where no object decides.</summary>
    public override string ToString() => Label ?? _name ?? _script!.ToString().Trim();

    private static object? Run(ScriptBlock script, PSObject target)
    {
        try
        {
            var results = script.InvokeWithContext(null, [new PSVariable("_", target)]);
            return results.Count switch { 0 => null, 1 => results[0], _ => results.ToArray() };
        }
        catch (RuntimeException)
        {
            // As in the original: a calculated property that fails on an object is empty there.
            return null;
        }
    }
}
