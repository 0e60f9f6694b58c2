using System.Management.Automation;

namespace Engine.Commands;

/// <summary>
/// Takes a file, as Get-ChildItem writes it, for its path: as it is, and not as a pattern. The binder would not try a
/// file's properties once a parameter of the same set takes the pipeline by value.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_properties = ["PSPath", "FullName"];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null or string or string[] => inputData,
            object[] many => many.Select(one => Transform(engineIntrinsics, one)).ToArray(),
            _ => PathOf(PSObject.AsPSObject(inputData))
                ?? throw new ArgumentTransformationMetadataException($"'{inputData}' is no path, and no file that has one."),
        };

    private static string? PathOf(PSObject file) => s_properties
        .Select(name => file.Properties[name]?.Value as string)
        .Where(path => path is not null)
        .Select(path => WildcardPattern.Escape(path!))
        .FirstOrDefault();
}
