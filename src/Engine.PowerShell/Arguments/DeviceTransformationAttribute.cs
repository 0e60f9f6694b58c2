using System.Collections;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Takes devices as <c>/dev/sda[:/dev/xvda[:rwm]]</c>, or as objects.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DeviceTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is null ? null : Flatten(inputData).ToArray();

    private static IEnumerable<ContainerDevice> Flatten(object? input) =>
        (input is PSObject wrapped ? wrapped.BaseObject : input) switch
        {
            ContainerDevice device => [device],
            string text => [Parse(text)],
            IEnumerable many => many.Cast<object?>().SelectMany(Flatten),
            object other => throw Invalid(other.ToString()!),
            null => [],
        };

    // docker's form; the second part may be the permissions, since a path in a container is absolute.
    private static ContainerDevice Parse(string text) => text.Split(':') switch
    {
        [{ Length: > 0 } source] => new ContainerDevice { Source = source },
        [{ Length: > 0 } source, var permissions] when ArePermissions(permissions) =>
            new ContainerDevice { Source = source, Permissions = permissions },
        [{ Length: > 0 } source, ['/', ..] target] => new ContainerDevice { Source = source, Target = target },
        [{ Length: > 0 } source, ['/', ..] target, var permissions] when ArePermissions(permissions) =>
            new ContainerDevice { Source = source, Target = target, Permissions = permissions },
        _ => throw Invalid(text),
    };

    private static bool ArePermissions(string text) => text.Length is > 0 and <= 3 && text.All("rwm".Contains);

    private static ArgumentTransformationMetadataException Invalid(string text) => new(
        $"'{text}' is no device. Use '/dev/fuse', '/dev/sda:/dev/xvda' or '/dev/sda:/dev/xvda:r' (any of r, w, m).");
}
