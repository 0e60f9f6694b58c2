using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Paths of the engine's host that may be written relative to where the user stands.</summary>
internal static class LocalPath
{
    // As docker does. An absolute path is left alone: it is one of the engine's host, which may not be this machine.
    public static string Resolve(PSCmdlet cmdlet, string path) =>
        path.StartsWith('.') || path.StartsWith('~') ? cmdlet.GetUnresolvedProviderPathFromPSPath(path) : path;
}
