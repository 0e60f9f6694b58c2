using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Engine.Commands.Tests;

/// <summary>Finds the module in the tree, and loads the very assembly that Import-Module will.</summary>
internal static class ModuleAssembly
{
    public static string Root { get; } = FindRoot();

    public static string Manifest { get; } = Path.Combine(Root, "Engine.psd1");

    // CA2255 is about libraries; this is a test program that has to run this before any type of the module is met.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void Load() =>
        AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(Root, "module", "bin", "Engine.PowerShell.dll"));
#pragma warning restore CA2255

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Engine.psd1")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No Engine.psd1 above {AppContext.BaseDirectory}.");
    }
}
