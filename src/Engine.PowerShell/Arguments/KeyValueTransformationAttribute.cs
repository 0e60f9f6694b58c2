using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Takes pairs as a hashtable or as <c>key=value</c> text, and makes the text of them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyValueTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is null ? null : Flatten(inputData).ToArray();

    // A hashtable's null value is the bare key: no label value to match, or a variable to remove.
    private static IEnumerable<string> Flatten(object? input) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        null => [],
        string text => [text],
        IDictionary pairs => pairs.Cast<DictionaryEntry>()
            .Select(p => p.Value is null ? Text(p.Key) : $"{Text(p.Key)}={Text(p.Value)}")
            .Order(StringComparer.Ordinal),
        IEnumerable many => many.Cast<object?>().SelectMany(Flatten),
        object other => [Text(other)],
    };

    private static string Text(object value) =>
        (string)LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture);
}
