using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Engine.Architecture.Tests;

/// <summary>What an assembly's metadata says. The assembly is not loaded: no dependency of it has to be there.</summary>
internal sealed class BuiltAssembly
{
    private BuiltAssembly(MetadataReader metadata)
    {
        References = [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        PlatformCalls =
        [
            .. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
                .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
                .Select(method => metadata.GetString(method.Name)),
        ];
    }

    /// <summary>The names of the assemblies that it uses.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>The methods that leave managed code.</summary>
    public IReadOnlyList<string> PlatformCalls { get; }

    /// <summary>Reads an assembly that lies beside the tests.</summary>
    public static BuiltAssembly Read(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
        using var image = new PEReader(file);
        return new BuiltAssembly(image.GetMetadataReader());
    }
}
