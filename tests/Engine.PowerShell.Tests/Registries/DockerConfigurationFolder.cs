namespace Engine.Commands.Tests;

/// <summary>
/// docker's configuration in a directory of the test's own. The environment is the whole process's: who uses this is in
/// <see cref="Collection"/>, so that only one does at a time.
/// </summary>
internal sealed class DockerConfigurationFolder : IDisposable
{
    public const string Collection = "docker's configuration";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-test-");
    private readonly string? _before = Environment.GetEnvironmentVariable("DOCKER_CONFIG");

    public DockerConfigurationFolder() => Environment.SetEnvironmentVariable("DOCKER_CONFIG", _folder.FullName);

    public string ConfigurationFile => Path.Combine(_folder.FullName, "config.json");

    public string Text => File.Exists(ConfigurationFile) ? File.ReadAllText(ConfigurationFile) : "";

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("DOCKER_CONFIG", _before);
        _folder.Delete(recursive: true);
    }
}
