namespace Engine.Core.Containers.Configuration;

/// <summary>Collects what is wrong with a request, so that its author hears of everything at once.</summary>
internal sealed class ConfigurationFaults
{
    private readonly List<string> _faults = [];
    private string? _firstSetting;

    /// <summary>Notes a fault of a setting.</summary>
    /// <param name="setting">The property's name in <see cref="ContainerConfiguration"/>.</param>
    /// <param name="message">What is wrong, with the value, and what was expected.</param>
    public void Add(string setting, string message)
    {
        _firstSetting ??= setting;
        _faults.Add($"{setting}: {message}");
    }

    /// <summary>Notes a fault when a condition does not hold.</summary>
    public void Require(bool holds, string setting, string message)
    {
        if (!holds)
        {
            Add(setting, message);
        }
    }

    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw ContainerErrors.InvalidConfiguration(string.Join(Environment.NewLine, _faults), _firstSetting);
        }
    }
}
