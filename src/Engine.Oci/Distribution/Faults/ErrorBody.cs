namespace Engine.Oci.Distribution.Faults;

/// <summary>
/// How registries and token servers describe an error: distribution-spec, "Error Codes"; RFC 6749 section 5.2; and what
/// Docker's token server sends.
/// </summary>
internal sealed record ErrorBody(
    IReadOnlyList<ErrorEntry?>? Errors, string? Error, string? ErrorDescription, string? Details, string? Message);
