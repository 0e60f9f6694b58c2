using System.Text.Json;

namespace Engine.Oci.Distribution.Faults;

/// <summary>
/// What a registry says about an error, fit to be shown: cut, without control characters, and without the secrets that
/// it was sent, should it repeat them.
/// </summary>
internal sealed record ErrorText(string Words, IReadOnlyList<string> Codes)
{
    private const int MaxEntries = 3;

    // A secret of a few characters may stand in any text by chance, and would be betrayed by its gaps.
    private const int ShortestSecret = 4;

    private static readonly ErrorText s_none = new("", []);

    /// <summary>Reads the body of an error; one that is no JSON, such as a proxy's web page, says nothing.</summary>
    public static ErrorText Read(ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        ErrorBody? error;
        try
        {
            error = JsonSerializer.Deserialize(body, DistributionJsonContext.Default.ErrorBody);
        }
        catch (JsonException)
        {
            return s_none;
        }

        if (error is null)
        {
            return s_none;
        }

        List<ErrorEntry> entries = [.. (error.Errors ?? []).OfType<ErrorEntry>().Take(MaxEntries)];
        IEnumerable<string?> words = entries.Count > 0
            ? entries.Select(static entry => string.IsNullOrWhiteSpace(entry.Message) ? entry.Code : entry.Message)
            : [error.ErrorDescription ?? error.Details ?? error.Message ?? error.Error];
        string text = string.Join("; ", words.Where(static word => !string.IsNullOrWhiteSpace(word)));
        foreach (string secret in secrets.Where(static secret => secret.Length >= ShortestSecret))
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return new ErrorText(Shown.Text(text).TrimEnd('.'), [.. entries.Select(static entry => entry.Code ?? "")]);
    }
}
