using System.Reflection;
using System.Runtime.Loader;

namespace Engine.Commands;

/// <summary>
/// Holds what the module depends on (gRPC, protobuf, Microsoft.Extensions.*), apart from the versions that PowerShell or
/// another module may have loaded.
/// </summary>
internal sealed class EngineLoadContext(string folder) : AssemblyLoadContext("Engine")
{
    // The one assembly through which the module reaches the others; PowerShell's own context never finds it by itself.
    private const string EntryAssembly = "Engine.Client";

    private static readonly Assembly s_model = typeof(EngineConnection).Assembly;

    public Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == EntryAssembly ? LoadFromAssemblyName(name) : null;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The objects that leave the module must be of the types that PowerShell sees.
        if (assemblyName.Name == s_model.GetName().Name)
        {
            return s_model;
        }

        string path = Path.Combine(folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
