using System.Text.Encodings.Web;
using System.Text.Json;

namespace Engine.Daemon.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Setting">Where it was written: a flag, or a key and its file.</param>
/// <param name="Problem">What is wrong, and what was expected.</param>
internal sealed record ConfigurationFault(string Setting, string Problem)
{
    private const int MaxValueLength = 120;

    private static readonly JavaScriptEncoder s_encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>A value that is not one of those expected.</summary>
    public static ConfigurationFault Value(string setting, string value, string expected) =>
        new(setting, $"{Quote(value)} is not valid; expected {expected}");

    /// <summary>A value as it can be shown: on one line whatever is in it, and not longer than a line.</summary>
    public static string Quote(string value)
    {
        var shown = value.Length <= MaxValueLength ? value : value[..MaxValueLength];
        return $"\"{JsonEncodedText.Encode(shown, s_encoder)}{(shown.Length < value.Length ? "…" : "")}\"";
    }

    /// <summary>The fault on one line.</summary>
    public override string ToString() => $"{Setting}: {Problem}";
}
