namespace Engine.Architecture.Tests;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] s_built = ["bin", "obj"];

    public static string Root { get; } = FindRoot();

    /// <summary>The source files below a folder, those that builds make left out.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Relative(file).Split('/').Any(s_built.Contains));

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "global.json")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie in the repository.");
    }
}
