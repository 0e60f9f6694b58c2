using System.Management.Automation;
using System.Runtime.Loader;

namespace Engine.Commands;

/// <summary>Prepares the module when it is imported. PowerShell runs it; scripts have no use for it.</summary>
public sealed class EngineModule : IModuleAssemblyInitializer
{
    private static readonly Lock s_lock = new();
    private static EngineLoadContext? s_context;

    /// <summary>Makes the module's dependencies loadable. A second import changes nothing.</summary>
    public void OnImport()
    {
        lock (s_lock)
        {
            if (s_context is null)
            {
                string folder = Path.Combine(Path.GetDirectoryName(typeof(EngineModule).Assembly.Location)!, "deps");
                s_context = new EngineLoadContext(folder);
                AssemblyLoadContext.Default.Resolving += s_context.Resolve;
            }
        }
    }
}
