using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Engine.Tools.Help;

/// <summary>
/// The built module's cmdlets, as PowerShell itself sees them. Open while they are read: they hang on the runspace.
/// </summary>
internal sealed class ModuleCommands : IDisposable
{
    private readonly Runspace _runspace;

    private ModuleCommands(Runspace runspace, IReadOnlyList<CmdletInfo> cmdlets, string helpFile)
    {
        _runspace = runspace;
        Cmdlets = cmdlets;
        HelpFile = helpFile;
    }

    /// <summary>What the module exports.</summary>
    public IReadOnlyList<CmdletInfo> Cmdlets { get; }

    /// <summary>The name under which PowerShell looks for the cmdlets' help.</summary>
    public string HelpFile { get; }

    /// <summary>Imports the module.</summary>
    /// <exception cref="HelpPageException">It does not load.</exception>
    public static ModuleCommands Load(string manifest)
    {
        var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        try
        {
            runspace.Open();
            using var pipeline = PowerShell.Create(runspace);
            var module = pipeline.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("PassThru")
                .AddParameter("ErrorAction", ActionPreference.Stop).Invoke<PSModuleInfo>().Single();
            var cmdlets = module.ExportedCmdlets.Values.OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal).ToList();
            if (cmdlets.Count == 0)
            {
                throw new HelpPageException("It exports no cmdlet.");
            }

            return new ModuleCommands(runspace, cmdlets, Path.GetFileName(cmdlets[0].HelpFile));
        }
        catch (Exception error) when (error is RuntimeException or HelpPageException)
        {
            runspace.Dispose();
            throw new HelpPageException($"The module at '{manifest}' does not load: {error.Message}");
        }
    }

    /// <summary>The parameters that a page must speak of: all but those that every cmdlet has.</summary>
    public static IEnumerable<string> OwnParameters(CmdletInfo cmdlet) =>
        cmdlet.Parameters.Keys.Where(name =>
            !Cmdlet.CommonParameters.Contains(name) && !Cmdlet.OptionalCommonParameters.Contains(name));

    public void Dispose() => _runspace.Dispose();
}
