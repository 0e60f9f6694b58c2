using System.Globalization;
using System.Text.Json;

namespace Engine.Oci.Distribution.Authentication;

/// <summary>
/// What a token server answers (distribution's token specification; RFC 6749 section 5.1). Numbers and dates are taken
/// as they come, since some servers send them as text.
/// </summary>
internal sealed record TokenBody(
    string? Token, string? AccessToken, JsonElement? ExpiresIn, string? IssuedAt, string? RefreshToken)
{
    // What holds for a server that says nothing: clients must count on it, by the specification.
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>
    /// When the token ends. A server's clock that goes after ours would make each token look expired: then it counts
    /// from now, and the registry has the last word.
    /// </summary>
    public DateTimeOffset Expires(DateTimeOffset now)
    {
        TimeSpan lifetime = ExpiresIn is { ValueKind: JsonValueKind.Number } given
            && given.TryGetDouble(out double seconds)
            && seconds >= s_usual.TotalSeconds
            ? TimeSpan.FromSeconds(Math.Min(seconds, s_longest.TotalSeconds))
            : s_usual;
        bool dated = DateTimeOffset.TryParse(
            IssuedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset issued);
        return (dated && issued < now && issued > now - lifetime ? issued : now) + lifetime;
    }
}
