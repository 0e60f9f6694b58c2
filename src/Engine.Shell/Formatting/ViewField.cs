using System.Management.Automation;

namespace Engine.Shell.Formatting;

/// <summary>A column of a table or a line of a list: what it is called, where it comes from, how it looks.</summary>
internal sealed record ViewField(string Label, Func<PSObject, object?> Value)
{
    /// <summary>A column's width, or null to fit the content.</summary>
    public int? Width { get; init; }

    /// <summary>Where the text stands in its column; null lets the value decide: numbers to the right.</summary>
    public Alignment? Align { get; init; }

    /// <summary>A .NET format string, or null.</summary>
    public string? FormatString { get; init; }

    /// <summary>Whether the field is shown for an object at all.</summary>
    public Func<PSObject, bool> IsShown { get; init; } = _ => true;

    /// <summary>The field's text for an object.</summary>
    public string Text(PSObject target) => ValueText.Of(Value(target), FormatString);
}
