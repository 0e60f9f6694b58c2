using System.Collections.Concurrent;
using System.Management.Automation;
using System.Xml;

namespace Engine.Shell.Formatting;

/// <summary>The views that the loaded modules brought.</summary>
internal static class LoadedViews
{
    // A module's format files do not change while it is loaded.
    private static readonly ConcurrentDictionary<string, ViewFile?> s_files = new(StringComparer.Ordinal);

    /// <summary>The view of a shape for an object, or null.</summary>
    public static View? Find(PSObject target, string shape, string? name)
    {
        using var pipeline = PowerShell.Create(RunspaceMode.CurrentRunspace);
        var modules = pipeline.AddCommand("Microsoft.PowerShell.Core\\Get-Module").Invoke<PSModuleInfo>();
        return modules.SelectMany(module => module.ExportedFormatFiles)
            .Select(file => s_files.GetOrAdd(file, Load)?.Find([.. target.TypeNames], shape, name))
            .FirstOrDefault(view => view is not null);
    }

    // PowerShell said what is wrong with the file when it loaded the module.
    private static ViewFile? Load(string path)
    {
        try
        {
            return ViewFile.Load(path);
        }
        catch (Exception error) when (error is XmlException or IOException)
        {
            return null;
        }
    }
}
