namespace Engine.Oci.Distribution;

/// <summary>What a registry's index answers to a search.</summary>
internal sealed record SearchPage(IReadOnlyList<SearchResult?>? Results);
