using System.Collections.ObjectModel;

namespace Engine;

/// <summary>The shared empty dictionary that records default to.</summary>
internal static class EmptyDictionary
{
    public static readonly IReadOnlyDictionary<string, string> OfStrings = ReadOnlyDictionary<string, string>.Empty;
}
