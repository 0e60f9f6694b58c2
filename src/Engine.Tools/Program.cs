using Engine.Tools.Help;

const string Usage = """
    Usage: Engine.Tools help --manifest <Engine.psd1> --docs <folder> [--strict]

    Compiles <folder>/<culture>/*.md and <folder>/about/*.md into the help that Get-Help shows, beside the manifest.
      --strict   a cmdlet without a page, a parameter without a word, fewer than two examples: each fails the run
    """;

if (args is not ["help", .. var rest] || HelpOptions.Parse(rest) is not { } options)
{
    Console.Error.WriteLine(Usage);
    return 64;
}

try
{
    return HelpCompiler.Run(options, Console.Out, Console.Error);
}
catch (Exception error) when (error is HelpPageException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
