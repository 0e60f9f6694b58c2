using System.Diagnostics.CodeAnalysis;

namespace Engine.Oci.Distribution.Transport;

/// <summary>An address that a registry names in a header: a place to go on at.</summary>
internal static class ResponseAddress
{
    private const int MaxLength = 16 * 1024;

    /// <summary>Reads one; relative ones stand for themselves at the host that named them.</summary>
    public static bool TryRead(
        HttpResponseMessage message, string header, Uri from, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        return message.Headers.NonValidated.TryGetValues(header, out var values)
            && TryResolve(values.First(), from, out address);
    }

    public static bool TryResolve(string text, Uri from, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text.Length <= MaxLength ? from : null, text.Trim(), out address)
        && address.Scheme is "http" or "https"
        && address.UserInfo.Length == 0;
}
