namespace Engine.Tools.Help;

/// <summary>Compiles a module's pages.</summary>
internal static class HelpCompiler
{
    private const string About = "about";

    /// <summary>Writes the help beside the manifest; returns the exit code.</summary>
    /// <exception cref="HelpPageException">A page is not in the format, or the module does not load.</exception>
    public static int Run(HelpOptions options, TextWriter output, TextWriter errors)
    {
        using var commands = ModuleCommands.Load(options.Manifest);
        var target = Path.GetDirectoryName(options.Manifest)!;
        var faults = 0;
        foreach (var culture in Folders(options.Docs))
        {
            var pages = Directory.EnumerateFiles(culture, "*.md")
                .Order(StringComparer.Ordinal)
                .Select(HelpPageReader.Read)
                .ToList();
            foreach (var fault in HelpParity.Check(commands.Cmdlets, pages))
            {
                errors.WriteLine(fault);
                faults++;
            }

            var folder = Directory.CreateDirectory(Path.Combine(target, Path.GetFileName(culture))).FullName;
            var described = commands.Cmdlets
                .Select(cmdlet => (cmdlet, page: pages.Find(page => page.Name == cmdlet.Name)!))
                .Where(command => command.page is not null).ToList();
            MamlWriter.Write(described).Save(Path.Combine(folder, commands.HelpFile));
            WriteAboutTopics(options.Docs, folder);
            output.WriteLine($"{folder}: help for {described.Count} of {commands.Cmdlets.Count} cmdlets.");
        }

        return options.Strict && faults > 0 ? 1 : 0;
    }

    private static IEnumerable<string> Folders(string docs) =>
        Directory.Exists(docs)
            ? Directory.EnumerateDirectories(docs)
                .Where(folder => Path.GetFileName(folder) != About)
                .Order(StringComparer.Ordinal)
            : [];

    private static void WriteAboutTopics(string docs, string folder)
    {
        var about = Path.Combine(docs, About);
        foreach (var file in Directory.Exists(about) ? Directory.EnumerateFiles(about, "about_*.md") : [])
        {
            var name = Path.GetFileNameWithoutExtension(file) + ".help.txt";
            File.WriteAllText(Path.Combine(folder, name), AboutTopic.Convert(file, File.ReadAllLines(file)));
        }
    }
}
