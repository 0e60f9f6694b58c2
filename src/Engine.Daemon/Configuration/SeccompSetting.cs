using System.Text.Json;

namespace Engine.Daemon.Configuration;

/// <summary>The default seccomp profile.</summary>
internal static class SeccompSetting
{
    /// <summary>Docker's word for the profile that the engine takes when it is told nothing.</summary>
    public const string BuiltIn = "builtin";

    private const string Unconfined = "unconfined";
    private const string Expected = $"{BuiltIn}, {Unconfined}, or the absolute path of a JSON file with a profile";

    /// <summary>What was asked for; null after a fault.</summary>
    public static string? Profile(SettingValue value)
    {
        var text = value.Text(Expected);
        if (text is null or BuiltIn or Unconfined)
        {
            return text;
        }

        if (!text.StartsWith('/') || !IsJsonObject(text))
        {
            value.Fault(Expected);
            return null;
        }

        return Path.GetFullPath(text);
    }

    private static bool IsJsonObject(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            using var profile = JsonDocument.Parse(stream);
            return profile.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }
}
