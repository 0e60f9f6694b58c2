using System.Globalization;
using System.Text.Json;

namespace Engine.Daemon.Configuration;

/// <summary>
/// The value of one setting, from wherever it was written. Each way to read it adds a fault and returns null when the
/// value is not of that kind, so that a reader can go on to the next setting.
/// </summary>
internal sealed class SettingValue
{
    private readonly List<ConfigurationFault> _faults;
    private readonly JsonElement? _json;
    private readonly IReadOnlyList<string> _arguments = [];

    /// <summary>A value from a file.</summary>
    public SettingValue(string name, JsonElement json, List<ConfigurationFault> faults)
    {
        (Name, _json, _faults) = (name, json, faults);
    }

    /// <summary>A value from the command line: the arguments of the flag, none for a bare switch.</summary>
    public SettingValue(string name, IReadOnlyList<string> arguments, List<ConfigurationFault> faults)
    {
        (Name, _arguments, _faults) = (name, arguments, faults);
    }

    /// <summary>Where it was written.</summary>
    public string Name { get; }

    /// <summary>The value as it was written.</summary>
    public string Written => _json is { } json
        ? json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText()
        : string.Join(' ', _arguments);

    /// <summary>Adds a fault about this value.</summary>
    public void Fault(string expected) => Fault(Written, expected);

    /// <summary>Adds a fault about a part of this value.</summary>
    public void Fault(string part, string expected) => _faults.Add(ConfigurationFault.Value(Name, part, expected));

    /// <summary>Adds a fault about this value without showing it: it may hold a secret.</summary>
    public void FaultUnseen(string expected) =>
        _faults.Add(new ConfigurationFault(Name, $"the value is not valid; expected {expected}"));

    /// <summary>A text that is not empty.</summary>
    public string? Text(string expected)
    {
        var text = _json is { } json ? json.ValueKind == JsonValueKind.String ? json.GetString() : null : Written;
        if (string.IsNullOrEmpty(text) || text.Any(char.IsControl))
        {
            Fault(expected);
            return null;
        }

        return text;
    }

    /// <summary>One of a few texts.</summary>
    public string? OneOf(params ReadOnlySpan<string> known)
    {
        var expected = $"one of {string.Join(", ", known)}";
        var text = Text(expected);
        if (text is not null && !known.Contains(text))
        {
            Fault(expected);
            return null;
        }

        return text;
    }

    /// <summary>A whole number.</summary>
    public int? Integer(int minimum, string expected)
    {
        var read = _json is { } json
            ? json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) ? number : (int?)null
            : int.TryParse(Written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
                ? parsed : null;
        if (read is null || read < minimum)
        {
            Fault(expected);
            return null;
        }

        return read;
    }

    /// <summary>True or false; a bare flag is true.</summary>
    public bool? Switch()
    {
        bool? read = _json is { } json
            ? json.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
            : _arguments.Count == 0 ? true : bool.TryParse(Written, out var parsed) ? parsed : null;
        if (read is null)
        {
            Fault("true or false");
        }

        return read;
    }

    /// <summary>Texts: a JSON array of strings, or a flag that was given once or more.</summary>
    public IReadOnlyList<string>? Texts(string expected)
    {
        if (_json is not { } json)
        {
            return _arguments;
        }

        if (json.ValueKind != JsonValueKind.Array || json.EnumerateArray().Any(i => i.ValueKind != JsonValueKind.String))
        {
            Fault(expected);
            return null;
        }

        return [.. json.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>The members of a JSON object.</summary>
    public IReadOnlyList<JsonProperty>? Members(string expected)
    {
        if (_json is not { ValueKind: JsonValueKind.Object } json)
        {
            Fault(expected);
            return null;
        }

        return [.. json.EnumerateObject()];
    }

    /// <summary>The JSON itself; null for a value from the command line.</summary>
    public JsonElement? Json => _json;
}
