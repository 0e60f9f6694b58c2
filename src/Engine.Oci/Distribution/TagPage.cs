namespace Engine.Oci.Distribution;

/// <summary>A page of <c>tags/list</c>; a repository without tags has null there.</summary>
internal sealed record TagPage(IReadOnlyList<string?>? Tags);
