namespace Engine.Core.Containers.Configuration;

/// <summary>Rules for what is run: command, environment, user, directory, labels, signals.</summary>
internal static class ProcessRules
{
    /// <summary>The kernel refuses a single argument or variable beyond 32 pages (execve(2), MAX_ARG_STRLEN).</summary>
    private const int MaxArgumentLength = 131_071;

    /// <summary>HOST_NAME_MAX of Linux (gethostname(2)).</summary>
    private const int MaxHostnameLength = 64;

    public static void Check(ContainerConfiguration configuration, ConfigurationFaults faults)
    {
        faults.Require(
            !string.IsNullOrWhiteSpace(configuration.Image), nameof(configuration.Image), "an image is required.");
        CheckArguments(configuration.Entrypoint, nameof(configuration.Entrypoint), faults);
        CheckArguments(configuration.Command, nameof(configuration.Command), faults);
        CheckEnvironment(configuration.Environment, faults);
        CheckKeys(configuration.Labels, nameof(configuration.Labels), faults);
        CheckKeys(configuration.Annotations, nameof(configuration.Annotations), faults);
        if (configuration.WorkingDirectory is { Length: > 0 } directory)
        {
            faults.Require(
                directory[0] == '/' && !directory.Contains('\0', StringComparison.Ordinal),
                nameof(configuration.WorkingDirectory), $"'{directory}' is no absolute path.");
        }

        CheckHostname(configuration.Hostname, nameof(configuration.Hostname), faults);
        CheckHostname(configuration.DomainName, nameof(configuration.DomainName), faults);
        foreach (var user in (string[])[configuration.User ?? "", .. configuration.Groups])
        {
            faults.Require(
                !user.AsSpan().ContainsAny('\0', '\n', '/'), nameof(configuration.User), $"'{user}' is no user or group.");
        }
    }

    private static void CheckArguments(IReadOnlyList<string>? arguments, string setting, ConfigurationFaults faults)
    {
        foreach (var argument in arguments ?? [])
        {
            faults.Require(
                !argument.Contains('\0', StringComparison.Ordinal), setting, "an argument holds a NUL character.");
            faults.Require(
                System.Text.Encoding.UTF8.GetByteCount(argument) <= MaxArgumentLength, setting,
                $"an argument is longer than {MaxArgumentLength} bytes, the kernel's limit.");
        }
    }

    private static void CheckEnvironment(IReadOnlyList<string> environment, ConfigurationFaults faults)
    {
        foreach (var variable in environment)
        {
            faults.Require(
                variable.Length > 0 && variable[0] != '=' && !variable.Contains('\0', StringComparison.Ordinal),
                nameof(ContainerConfiguration.Environment), $"'{variable}' is not NAME=value.");
            faults.Require(
                System.Text.Encoding.UTF8.GetByteCount(variable) <= MaxArgumentLength,
                nameof(ContainerConfiguration.Environment),
                $"'{variable[..Math.Min(32, variable.Length)]}…' is longer than {MaxArgumentLength} bytes, the kernel's limit.");
        }
    }

    private static void CheckKeys(
        IReadOnlyDictionary<string, string> pairs, string setting, ConfigurationFaults faults) =>
        faults.Require(pairs.Keys.All(key => key.Length > 0), setting, "a key is empty.");

    private static void CheckHostname(string? name, string setting, ConfigurationFaults faults)
    {
        if (name is { Length: > 0 })
        {
            faults.Require(
                name.Length <= MaxHostnameLength && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'),
                setting,
                $"'{name}' takes at most {MaxHostnameLength} letters, digits, '-', '.' and '_'.");
        }
    }
}
