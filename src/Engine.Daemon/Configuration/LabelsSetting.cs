namespace Engine.Daemon.Configuration;

/// <summary>The labels of the engine itself.</summary>
internal static class LabelsSetting
{
    // Docker keeps these for its own use (docs.docker.com, "Object labels").
    private static readonly string[] s_reserved = ["com.docker.", "io.docker.", "org.dockerproject."];

    /// <summary>The labels, <c>key=value</c> each; null after a fault.</summary>
    public static IReadOnlyList<string>? Labels(SettingValue value)
    {
        if (value.Texts("an array of texts like \"key=value\"") is not { } labels)
        {
            return null;
        }

        var sound = true;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in labels)
        {
            var separator = label.IndexOf('=', StringComparison.Ordinal);
            var key = separator < 0 ? label : label[..separator];
            var expected = separator < 1 || key.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? "a label like key=value"
                : s_reserved.Any(name => key.StartsWith(name, StringComparison.OrdinalIgnoreCase)) ? "a key outside Docker's own namespaces"
                : !values.TryAdd(key, label) && values[key] != label ? "one value for each label"
                : null;
            if (expected is not null)
            {
                value.Fault(label, expected);
                sound = false;
            }
        }

        return sound ? [.. values.Values] : null;
    }
}
