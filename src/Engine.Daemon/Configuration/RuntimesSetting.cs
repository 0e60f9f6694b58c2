using System.Text.Json;
using System.Text.RegularExpressions;
using Engine.Core;

namespace Engine.Daemon.Configuration;

/// <summary>The OCI runtimes that an administrator adds: name → {path, runtimeArgs}.</summary>
internal static partial class RuntimesSetting
{
    /// <summary>The runtimes that the engine finds by itself. Their names always mean them.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = ["crun", "runc"];

    /// <summary>The runtimes; null after a fault.</summary>
    public static IReadOnlyDictionary<string, RuntimeOptions>? Runtimes(SettingValue value)
    {
        if (value.Members("an object of runtimes, each a name and {\"path\": …, \"runtimeArgs\": […]}") is not { } members)
        {
            return null;
        }

        var runtimes = new Dictionary<string, RuntimeOptions>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (!Name().IsMatch(member.Name))
            {
                value.Fault(member.Name, "a runtime's name of letters, digits, '.', '_' and '-'");
            }
            else if (BuiltIn.Contains(member.Name))
            {
                value.Fault(member.Name, $"a name that the engine does not use itself ({string.Join(", ", BuiltIn)})");
            }
            else if (Runtime(value, member) is { } runtime && !runtimes.TryAdd(member.Name, runtime))
            {
                value.Fault(member.Name, "each runtime once");
            }
        }

        return runtimes.Count == members.Count ? runtimes : null;
    }

    private static RuntimeOptions? Runtime(SettingValue value, JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
        {
            value.Fault($"{member.Name}: {member.Value.GetRawText()}", "an object with the member path");
            return null;
        }

        string? path = null;
        IReadOnlyList<string> arguments = [];
        var sound = true;
        foreach (var part in member.Value.EnumerateObject())
        {
            switch (part.Name)
            {
                case "path" when part.Value.ValueKind == JsonValueKind.String:
                    path = part.Value.GetString();
                    break;
                case "runtimeArgs" when IsTexts(part.Value):
                    arguments = [.. part.Value.EnumerateArray().Select(item => item.GetString()!)];
                    break;
                default:
                    value.Fault(
                        $"{member.Name}.{part.Name}: {part.Value.GetRawText()}",
                        "the member path, a text, and the member runtimeArgs, an array of texts");
                    sound = false;
                    break;
            }
        }

        if (!sound)
        {
            return null;
        }

        // A bare name is looked up on PATH when the runtime is used, as for Docker.
        if (string.IsNullOrEmpty(path) || (path.Contains('/') && !(path.StartsWith('/') && PathSetting.IsProgram(path))))
        {
            value.Fault($"{member.Name}.path: {path}", "the absolute path of a program that exists, or a name on PATH");
            return null;
        }

        return new RuntimeOptions(path, arguments);
    }

    private static bool IsTexts(JsonElement json) => json.ValueKind == JsonValueKind.Array
        && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
