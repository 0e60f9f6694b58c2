namespace Engine.Integration.Tests.Harness;

/// <summary>Where engined is.</summary>
internal static class EngineProgram
{
    /// <summary>Names another engined to test, such as a native one.</summary>
    public const string Variable = "ENGINE_TEST_ENGINED";

    public static string Path { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        // tests/<project>/bin/<configuration>/<framework>/: the daemon's output has the same two last parts.
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        for (DirectoryInfo? root = output; root is not null; root = root.Parent)
        {
            string program = System.IO.Path.Combine(
                root.FullName, "src", "Engine.Daemon", "bin", output.Parent!.Name, output.Name, "engined");
            if (File.Exists(program))
            {
                return program;
            }
        }

        throw new FileNotFoundException(
            $"No built engined above {output.FullName}; build src/Engine.Daemon, or set {Variable}.");
    }
}
