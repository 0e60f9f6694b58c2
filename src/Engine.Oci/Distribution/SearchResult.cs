namespace Engine.Oci.Distribution;

/// <summary>A repository that a search found.</summary>
internal sealed record SearchResult(string? Name, string? Description, int StarCount, bool IsOfficial);
