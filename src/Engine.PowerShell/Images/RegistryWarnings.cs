namespace Engine.Commands;

/// <summary>Shows the user what a registry wants him to read.</summary>
internal sealed class RegistryWarnings(IWorkReports reports) : IProgress<string>
{
    public void Report(string value) => reports.Warn(value);
}
