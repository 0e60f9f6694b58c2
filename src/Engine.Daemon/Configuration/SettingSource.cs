namespace Engine.Daemon.Configuration;

/// <summary>Finds the value of a setting on the command line or in the file. In both is a fault, even if they agree:
/// which one holds would be a guess.</summary>
internal sealed class SettingSource(CommandLine commandLine, ConfigurationFile file, List<ConfigurationFault> faults)
{
    /// <summary>Where faults are added.</summary>
    public List<ConfigurationFault> Faults { get; } = faults;

    /// <summary>The value of a setting, or null when nobody set it.</summary>
    public SettingValue? Find(Setting setting)
    {
        var flag = setting.Flag is { } name && commandLine.Arguments(name) is { } arguments
            ? new SettingValue(name, arguments, Faults)
            : null;
        if (!file.Values.TryGetValue(setting, out var json))
        {
            return flag;
        }

        var key = new SettingValue(file.In(setting.Key), json, Faults);
        if (flag is not null)
        {
            Faults.Add(new ConfigurationFault(
                setting.Key,
                $"set both by {flag.Name} ({ConfigurationFault.Quote(flag.Written)}) and in {file.Path} "
                + $"({ConfigurationFault.Quote(key.Written)}); remove one of them"));
        }

        return flag ?? key;
    }
}
