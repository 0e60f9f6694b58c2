namespace Engine.Oci.Distribution.Authentication;

/// <summary>
/// One way in which a server wants to be told who asks (RFC 9110 section 11.6.1; RFC 6750 section 3).
/// </summary>
/// <param name="Scheme">Bearer, Basic …</param>
/// <param name="Parameters">What it says beside; names do not differ by case.</param>
internal sealed record AuthChallenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public bool IsBearer => Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);

    public bool IsBasic => Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of a bearer challenge: the token server's address.</summary>
    public string Realm => Parameters.GetValueOrDefault("realm", "");

    public string Service => Parameters.GetValueOrDefault("service", "");

    public string Scope => Parameters.GetValueOrDefault("scope", "");
}
