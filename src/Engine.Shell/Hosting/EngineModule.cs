namespace Engine.Shell.Hosting;

/// <summary>Finds the Engine module's manifest on this machine.</summary>
internal static class EngineModule
{
    /// <summary>Names the manifest to load instead of the one found.</summary>
    public const string Variable = "ENGINE_MODULE";

    /// <summary>
    /// The manifest of a module that is built, or null. Looked for from the shell's own folder upwards and never from
    /// the current folder: what lies there may be anybody's, and loading it would run it.
    /// </summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? Path.GetFullPath(named) : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Combine(folder.FullName, "Engine.psd1");
            if (File.Exists(manifest))
            {
                return File.Exists(Path.Combine(folder.FullName, "module", "bin", "Engine.PowerShell.dll"))
                    ? manifest
                    : null;
            }
        }

        return null;
    }
}
