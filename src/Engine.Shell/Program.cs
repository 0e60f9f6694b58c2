using Engine.Shell.CommandLine;
using Engine.Shell.Execution;
using Engine.Shell.Hosting;

ShellOptions options;
try
{
    options = ShellOptionsParser.Parse(args);
}
catch (ShellOptionsException error)
{
    Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine(UsageText.Value);
    return ShellOptionsParser.BadCommandLine;
}

if (options.UsePwsh)
{
    if (PwshHandover.TryRun(options.PwshArguments) is { } code)
    {
        return code;
    }

    Console.Error.WriteLine("No pwsh of 7.6 or later is on PATH: Engine.Shell itself goes on.");
}

if (options.ShowHelp)
{
    Console.Out.WriteLine(UsageText.Value);
    return 0;
}

if (options.ShowVersion)
{
    Console.Out.WriteLine(ShellBanner.Version);
    return 0;
}

if (options.WorkingDirectory is { } folder)
{
    if (!Directory.Exists(folder))
    {
        Console.Error.WriteLine($"-WorkingDirectory: there is no folder '{folder}'.");
        return ShellOptionsParser.BadCommandLine;
    }

    Directory.SetCurrentDirectory(folder);
}

return ShellRun.Run(options);
