namespace Engine.Oci.Distribution.Faults;

/// <summary>One error of several.</summary>
internal sealed record ErrorEntry(string? Code, string? Message);
