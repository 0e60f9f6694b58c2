using System.Collections.ObjectModel;
using Google.Protobuf.Collections;
using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Lists and dictionaries.</summary>
public static class CollectionMapping
{
    /// <summary>A list that may be absent, which is not the same as an empty one.</summary>
    public static Wire.StringList? ToWire(this IReadOnlyList<string>? values) =>
        values is null ? null : new Wire.StringList { Values = { values } };

    /// <summary>A list, or null where the sender left it out.</summary>
    public static IReadOnlyList<string>? ToModel(this Wire.StringList? values) => values?.Values.ToModel();

    /// <summary>A list of its own, apart from the message.</summary>
    public static IReadOnlyList<T> ToModel<T>(this RepeatedField<T> values) => values.Count == 0 ? [] : [.. values];

    // A ReadOnlyDictionary, and not a frozen one: PowerShell's $x.Labels.name works on what is an IDictionary.
    /// <summary>A dictionary of its own, apart from the message.</summary>
    public static IReadOnlyDictionary<string, string> ToModel(this MapField<string, string> values) => values.Count == 0
        ? ReadOnlyDictionary<string, string>.Empty
        : new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(values, StringComparer.Ordinal));

    /// <summary>Puts all entries into a message's map.</summary>
    internal static void AddAll(this MapField<string, string> map, IReadOnlyDictionary<string, string> values)
    {
        foreach ((string key, string value) in values)
        {
            map[key] = value;
        }
    }
}
