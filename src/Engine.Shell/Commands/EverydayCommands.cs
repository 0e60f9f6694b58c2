using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Engine.Shell.Commands;

/// <summary>
/// The cmdlets that System.Management.Automation leaves to Microsoft.PowerShell.SDK, as far as a build script and a
/// person at the prompt need them. Each behaves as the original for the parameters that it has, and lives in the
/// original's namespace: an error's FullyQualifiedErrorId ends in the cmdlet's full type name, and scripts compare
/// those.
/// </summary>
internal static class EverydayCommands
{
    /// <summary>Adds every cmdlet of this assembly.</summary>
    public static void AddTo(InitialSessionState state)
    {
        foreach (var type in typeof(EverydayCommands).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>(inherit: false) is { } cmdlet)
            {
                state.Commands.Add(
                    new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, helpFileName: null));
            }
        }
    }
}
